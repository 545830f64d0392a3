import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import type { Network } from './network';
import { normalised, type IntensityMap } from './normalise';

/** A network that is not run again for a tile of one value that it has answered. */
export interface FlatTiles {
  run(tile: Float32Array): Promise<Float32Array>;
  /** Tiles that the network ran, and those that it did not have to. */
  readonly tiles: number;
  readonly skipped: number;
}

/**
 * A tile whose normalised voxels are all equal (air below the clip, padding, background that the scanner zeroed) gets
 * the network's answer to the last such tile: the same input, so the same voxels to the bit, and nothing is run.
 */
export function passingFlatTiles(network: Pick<Network, 'run'>): FlatTiles {
  let tiles = 0;
  let skipped = 0;
  let flat: { readonly value: number; readonly answer: Float32Array } | undefined;
  return {
    async run(tile) {
      const value = onlyValue(tile);
      if (value !== undefined && value === flat?.value) {
        skipped++;
        return flat.answer;
      }
      tiles++;
      const answer = await network.run(tile);
      if (value !== undefined) flat = { value, answer };
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

/** The value of all voxels of a tile, where they share one. */
function onlyValue(tile: Float32Array): number | undefined {
  const [value] = tile;
  return tile.every((v) => v === value) ? value : undefined;
}

/**
 * The value that all voxels of a tile have once they are normalised, where they share one; the tile is not made for it.
 *
 * @param data voxels of the volume, x fastest
 * @param start first voxel of the tile, which may reach past the end of the volume, where the edge repeats
 */
export function flatValue(
  data: Voxels,
  [nx, ny, nz]: Vec3,
  [x0, y0, z0]: Vec3,
  patch: Vec3,
  intensities: IntensityMap,
): number | undefined {
  const [x1, y1, z1] = [nx, ny, nz].map((n, axis) => Math.min(n, [x0, y0, z0][axis] + patch[axis]));
  const first = data[x0 + nx * (y0 + ny * z0)];
  const value = Math.fround(normalised(first, intensities));
  for (let z = z0; z < z1; z++)
    for (let y = y0; y < y1; y++) {
      const row = nx * (y + ny * z);
      for (let i = row + x0; i < row + x1; i++)
        if (data[i] !== first && Math.fround(normalised(data[i], intensities)) !== value)
          return undefined;
    }
  return value;
}
