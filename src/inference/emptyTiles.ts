import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import type { Network } from './network';
import { normalised, type IntensityMap } from './normalise';

/** A network that is not run for tiles whose answer is known. */
export interface PassingTiles {
  run(tile: Float32Array): Promise<Float32Array>;
  /** Tiles that the network ran, and those that it did not have to. */
  readonly tiles: number;
  readonly skipped: number;
}

/**
 * A network that passes over tiles of one value (air below the clip, padding, background that the scanner zeroed): they
 * get the network's answer to the last such tile. The same input, so the same voxels to the bit, and nothing is run.
 */
export function passingFlatTiles(network: Pick<Network, 'run'>): PassingTiles {
  let tiles = 0;
  let skipped = 0;
  let flat: { readonly value: number; readonly answer: Float32Array } | undefined;
  return {
    async run(tile) {
      const isFlat = tile.every((value) => value === tile[0]);
      if (isFlat && tile[0] === flat?.value) {
        skipped++;
        return flat.answer;
      }
      tiles++;
      const answer = await network.run(tile);
      if (isFlat) flat = { value: tile[0], answer };
      return answer;
    },
    get tiles() {
      return tiles;
    },
    get skipped() {
      return skipped;
    },
  };
}

/** A tile that is still in its volume, voxels x fastest; past the end of the volume the edge repeats. */
export interface TileInVolume {
  readonly data: Voxels;
  readonly dims: Vec3;
  /** Its first voxel. */
  readonly start: Vec3;
  readonly patch: Vec3;
  readonly intensities: IntensityMap;
}

/** The value that all voxels of a tile have once they are normalised, where they share one; the tile is not made. */
export function flatValue(tile: TileInVolume): number | undefined {
  const { data, dims, start, intensities } = tile;
  const first = data[start[0] + dims[0] * (start[1] + dims[1] * start[2])];
  const value = Math.fround(normalised(first, intensities));
  const isSame = (voxel: number) => Math.fround(normalised(voxel, intensities)) === value;
  return everyVoxel(tile, [first, first], isSame) ? value : undefined;
}

/** Whether no voxel of a tile reaches a normalised value. */
export function isDark(tile: TileInVolume, darkest: number): boolean {
  const { offset, scale } = tile.intensities;
  // Far enough below the limit rounding does not matter.
  const limit = offset + darkest * scale;
  const rounding = 1e-5 * (Math.abs(offset) + Math.abs(darkest * scale));
  const surely = limit - Math.max(rounding, Number.MIN_VALUE);
  const isBelow = (voxel: number) => Math.fround(normalised(voxel, tile.intensities)) < darkest;
  return everyVoxel(
    tile,
    [-Infinity, tile.intensities.low < darkest ? surely : -Infinity],
    isBelow,
  );
}

/**
 * Whether all voxels of a tile pass a test.
 *
 * @param passing least and greatest voxel that are known to pass: they are not asked about, which is much faster
 */
function everyVoxel(
  { data, dims, start, patch }: TileInVolume,
  [least, greatest]: readonly [number, number],
  test: (voxel: number) => boolean,
): boolean {
  const [nx, ny] = dims;
  const [x0, y0, z0] = start;
  const [x1, y1, z1] = dims.map((n, axis) => Math.min(n, start[axis] + patch[axis]));
  for (let z = z0; z < z1; z++)
    for (let y = y0; y < y1; y++) {
      const row = nx * (y + ny * z);
      for (let i = row + x0; i < row + x1; i++) {
        const voxel = data[i];
        if ((voxel < least || voxel > greatest) && !test(voxel)) return false;
      }
    }
  return true;
}
