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

/** What makes it needless to run the network on a tile. */
export interface Emptiness {
  /** The value that all its voxels have once they are normalised, where they share one. */
  readonly flat?: number;
  /** Whether no normalised voxel reaches the darkest that a vessel has. */
  readonly dark: boolean;
}

const NOT_EMPTY: Emptiness = Object.freeze({ dark: false });

/**
 * Whether a tile is empty; it is not made for that. Normalising keeps the order of intensities, so the least and the
 * greatest voxel stand for all of them, and the rest is not looked at once these two tell enough.
 *
 * @param darkest normalised value of the darkest vessel, where that is known
 */
export function emptiness(
  { data, dims: [nx, ny, nz], start: [x0, y0, z0], patch: [px, py, pz], intensities }: TileInVolume,
  darkest = -Infinity,
): Emptiness {
  const inTile = (voxel: number) => Math.fround(normalised(voxel, intensities));
  const [x1, y1, z1] = [Math.min(nx, x0 + px), Math.min(ny, y0 + py), Math.min(nz, z0 + pz)];
  let least = data[x0 + nx * (y0 + ny * z0)];
  let greatest = least;
  for (let z = z0; z < z1; z++)
    for (let y = y0; y < y1; y++) {
      const row = nx * (y + ny * z);
      for (let i = row + x0; i < row + x1; i++) {
        least = Math.min(least, data[i]);
        greatest = Math.max(greatest, data[i]);
      }
      if (inTile(greatest) >= darkest && inTile(least) !== inTile(greatest)) return NOT_EMPTY;
    }
  const brightest = inTile(greatest);
  return {
    dark: brightest < darkest,
    ...(inTile(least) === brightest && { flat: brightest }),
  };
}
