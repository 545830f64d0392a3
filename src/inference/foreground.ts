import { labelComponents } from '../topology/components';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';

/** A box of voxels: the first, and how many along each axis. */
export interface Box {
  readonly start: Vec3;
  readonly dims: Vec3;
}

/** The least box that holds all voxels that are not zero; the whole volume where all are zero. */
export function nonzeroBox(data: Voxels, dims: Vec3): Box {
  const [nx, ny, nz] = dims;
  const low = [nx, ny, nz];
  const high = [-1, -1, -1];
  for (let z = 0, row = 0; z < nz; z++)
    for (let y = 0; y < ny; y++, row += nx) {
      let first = 0;
      while (first < nx && data[row + first] === 0) first++;
      if (first === nx) continue;
      let last = nx - 1;
      while (data[row + last] === 0) last--;
      low[0] = Math.min(low[0], first);
      high[0] = Math.max(high[0], last);
      low[1] = Math.min(low[1], y);
      high[1] = Math.max(high[1], y);
      low[2] = Math.min(low[2], z);
      high[2] = z;
    }
  if (high[0] < 0) return { start: [0, 0, 0], dims };
  return {
    start: [low[0], low[1], low[2]],
    dims: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1],
  };
}

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

/**
 * 1 where a voxel is not zero or lies in a cavity: zeros that are cut off from the faces of the volume
 * (6-connected), as scipy's binary_fill_holes has it.
 */
export function foregroundMask(data: Voxels, dims: Vec3): Uint8Array {
  const zeros = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) zeros[i] = data[i] === 0 ? 1 : 0;
  const { count, boxes, eachRun } = labelComponents(zeros, dims, 6);
  const isOutside = new Uint8Array(count + 1);
  for (let i = 0; i < count; i++)
    for (let axis = 0; axis < 3; axis++)
      if (boxes[6 * i + axis] === 0 || boxes[6 * i + 3 + axis] === dims[axis] - 1)
        isOutside[i + 1] = 1;
  const mask = zeros.fill(1);
  eachRun((component, from, to, y, z) => {
    if (!isOutside[component]) return;
    const row = (z * dims[1] + y) * dims[0];
    mask.fill(0, row + from, row + to);
  });
  return mask;
}
