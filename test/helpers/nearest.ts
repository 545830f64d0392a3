import fc from 'fast-check';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Drawn } from './draw';

/** The definition of a distance (mm, as float32) from a voxel: to the nearest of all sites. */
export function nearestOf(
  sites: readonly number[],
  [nx, ny]: Vec3,
  [sx, sy, sz]: Vec3,
): (voxel: number) => number {
  const xOf = (voxel: number) => voxel % nx;
  const yOf = (voxel: number) => Math.floor(voxel / nx) % ny;
  const zOf = (voxel: number) => Math.floor(voxel / (nx * ny));
  const [xs, ys, zs] = [xOf, yOf, zOf].map((of) => Int32Array.from(sites, of));
  return (voxel) => {
    const [x, y, z] = [xOf(voxel), yOf(voxel), zOf(voxel)];
    let best = Infinity;
    for (let i = 0; i < xs.length; i++) {
      const [dx, dy, dz] = [(xs[i] - x) * sx, (ys[i] - y) * sy, (zs[i] - z) * sz];
      best = Math.min(best, dx * dx + dy * dy + dz * dz);
    }
    return Math.fround(Math.sqrt(best));
  };
}

/** The first place where two arrays differ, or -1. */
export const firstDifference = (a: Float32Array, b: Float32Array): number =>
  a.length === b.length ? a.findIndex((value, i) => value !== b[i]) : Math.min(a.length, b.length);

/** Linear indices of the voxels of a mask that hold a value. */
export const voxelsWith = (value: 0 | 1, { mask }: Drawn): number[] =>
  Array.from(mask.keys()).filter((voxel) => mask[voxel] === value);

const millimetres = fc.double({ min: 0.05, max: 5, noNaN: true });

/** Spacings: of angiograms, of thick slices, and any. */
export const randomSpacing = (): fc.Arbitrary<Vec3> =>
  fc.oneof(
    fc.constantFrom<Vec3>([1, 1, 1], [0.3, 0.3, 0.6], [1, 1, 5], [Math.SQRT2, Math.PI / 7, 0.37]),
    fc.tuple(millimetres, millimetres, millimetres),
  );
