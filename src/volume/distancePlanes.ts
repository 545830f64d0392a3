import type { Kernels } from '../wasm/kernels';
import type { BitLayout } from './bits';
import type { Vec3 } from './geometry';

/** Writes the distances (f32) of `count` voxels of plane z (linear indices, u32); voxels and out are addresses. */
type PlaneDistances = (z: number, voxels: number, count: number, out: number) => void;

/**
 * The distance transform of a packed mask in the kernels' memory, one plane after the other: the function that it
 * gives must be called for all planes from 0 on in order, with count 0 where nothing is wanted.
 */
export function distancePlanes(
  kernels: Kernels,
  words: number,
  { dims: [nx, ny, nz], rowWords }: BitLayout,
  [sx, sy, sz]: Vec3,
): PlaneDistances {
  const { run } = kernels;
  const rowBytes = 4 * rowWords;
  const behind = kernels.scratch(4 * nx * ny);
  const ahead = kernels.scratch(4 * nx * ny);
  const stack = kernels.scratch(16 * (Math.max(nx, ny) + 2));
  // Rows of an odd number of cache lines, so that the voxels of a column lie in different sets of the cache.
  const pitch = 8 * (Math.ceil(nx / 8) | 1);
  const plane = kernels.scratch(8 * pitch * ny);
  return (z, voxels, count, out) => {
    run.walkPlane(words, rowBytes, nx, ny, nz, z, behind, ahead);
    if (count === 0) return;
    run.transformPlane(words, rowBytes, nx, ny, z, sx, sy, sz, behind, ahead, stack, plane, pitch);
    run.distancesInPlane(words, rowBytes, plane, pitch, nx, ny, z, voxels, count, out);
  };
}
