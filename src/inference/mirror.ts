import type { Vec3 } from '../volume/geometry';
import type { ModelManifest } from './manifest';
import type { Network } from './network';

/** Axes of the image by name. */
export const AXES = Object.freeze({ x: 0, y: 1, z: 2 } as const);

type Mirrored = readonly (keyof typeof AXES)[];

/** Runs of the network for a tile. */
export const runsPerTile = ({ mirror = [] }: Pick<ModelManifest, 'mirror'>): number =>
  2 ** mirror.length;

/**
 * A network whose answer is the mean of those to the tile and to its mirror images along some axes and their
 * combinations, each mirrored back: nnU-Net's test-time augmentation.
 */
export function mirroring(
  network: Pick<Network, 'run'>,
  { mirror = [], patch }: Pick<ModelManifest, 'mirror' | 'patch'>,
): Pick<Network, 'run'> {
  if (mirror.length === 0) return network;
  const combinations = subsets(mirror).slice(1);
  return {
    async run(tile) {
      const sum = (await network.run(tile)).slice();
      for (const axes of combinations) {
        const answer = flip(await network.run(flip(tile, patch, axes)), patch, axes);
        for (let i = 0; i < sum.length; i++) sum[i] += answer[i];
      }
      return sum.map((value) => value / (combinations.length + 1));
    },
  };
}

/** All subsets, the empty one first. */
const subsets = (axes: Mirrored): Mirrored[] =>
  axes.reduce<Mirrored[]>((sets, axis) => [...sets, ...sets.map((set) => [...set, axis])], [[]]);

/** A mirror image; of several channels, one after the other, each for itself. */
function flip(values: Float32Array, [nx, ny, nz]: Vec3, axes: Mirrored): Float32Array {
  const flipped = new Float32Array(values.length);
  const [fx, fy, fz] = (['x', 'y', 'z'] as const).map((axis) => axes.includes(axis));
  const slices = values.length / (nx * ny);
  for (let s = 0, to = 0; s < slices; s++) {
    const z = s % nz;
    const slice = s - z + (fz ? nz - 1 - z : z);
    for (let y = 0; y < ny; y++, to += nx) {
      const from = (slice * ny + (fy ? ny - 1 - y : y)) * nx;
      const row = values.subarray(from, from + nx);
      flipped.set(row, to);
      if (fx) flipped.subarray(to, to + nx).reverse();
    }
  }
  return flipped;
}
