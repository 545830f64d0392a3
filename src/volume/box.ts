import { InputError } from './errors';
import type { Vec3 } from './geometry';
import type { Voxels } from './volume';

/** A box of voxels: the first, and how many along each axis. */
export interface Box {
  readonly start: Vec3;
  readonly dims: Vec3;
}

/** All of a volume. */
export const wholeOf = (dims: Vec3): Box => ({ start: [0, 0, 0], dims });

/** @throws InputError `box.outside` unless the box holds voxels, and only voxels of the volume */
export function checkBox({ start, dims: size }: Box, dims: Vec3): void {
  const fits = start.every(
    (from, axis) =>
      Number.isInteger(from) &&
      Number.isInteger(size[axis]) &&
      from >= 0 &&
      size[axis] > 0 &&
      from + size[axis] <= dims[axis],
  );
  if (!fits)
    throw new InputError(
      'box.outside',
      `The region of ${size.join('×')} voxels from voxel ${start.join(', ')} does not lie in the image of ${dims.join('×')} voxels; choose another region.`,
    );
}

/** The least box of the volume that holds what lies between two corners, which may lie outside it; both inclusive. */
export function boxBetween(low: readonly number[], high: readonly number[], dims: Vec3): Box {
  const from = dims.map((n, axis) => Math.min(n - 1, Math.max(0, Math.floor(low[axis]))));
  const to = dims.map((n, axis) => Math.min(n - 1, Math.max(from[axis], Math.ceil(high[axis]))));
  return {
    start: from as unknown as Vec3,
    dims: to.map((end, axis) => end - from[axis] + 1) as unknown as Vec3,
  };
}

/** A box that is larger by so many voxels on each side, as far as the volume reaches. */
export const grown = ({ start, dims: size }: Box, by: number, dims: Vec3): Box =>
  boxBetween(
    start.map((from) => from - by),
    start.map((from, axis) => from + size[axis] - 1 + by),
    dims,
  );

/** The voxels of a box; the data themselves where the box is the volume. */
export function cut<T extends Voxels>(data: T, dims: Vec3, { start, dims: size }: Box): T {
  if (size.every((n, axis) => n === dims[axis])) return data;
  const [mx, my, mz] = size;
  const part = new (data.constructor as new (length: number) => T)(mx * my * mz);
  for (let z = 0, to = 0; z < mz; z++)
    for (let y = 0; y < my; y++, to += mx) {
      const from = ((start[2] + z) * dims[1] + start[1] + y) * dims[0] + start[0];
      part.set(data.subarray(from, from + mx), to);
    }
  return part;
}

/** Put the voxels of a box back where {@link cut} took them. */
export function paste<T extends Voxels>(part: T, data: T, dims: Vec3, { start, dims: size }: Box) {
  const [mx, my, mz] = size;
  for (let z = 0, from = 0; z < mz; z++)
    for (let y = 0; y < my; y++, from += mx) {
      const to = ((start[2] + z) * dims[1] + start[1] + y) * dims[0] + start[0];
      data.set(part.subarray(from, from + mx), to);
    }
}

/** Set the voxels outside a box to 0, in place. */
export function clearOutside(data: Voxels, dims: Vec3, { start, dims: size }: Box): void {
  const [nx, ny, nz] = dims;
  const isIn = (i: number, axis: 1 | 2) => i >= start[axis] && i < start[axis] + size[axis];
  for (let z = 0, row = 0; z < nz; z++)
    for (let y = 0; y < ny; y++, row += nx) {
      const kept = isIn(y, 1) && isIn(z, 2) ? size[0] : 0;
      data.fill(0, row, row + (kept && start[0]));
      data.fill(0, row + (kept && start[0] + kept), row + nx);
    }
}
