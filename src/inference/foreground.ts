import { labelComponents } from '../topology/components';
import { wholeOf, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';

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
  if (high[0] < 0) return wholeOf(dims);
  return {
    start: [low[0], low[1], low[2]],
    dims: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1],
  };
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
