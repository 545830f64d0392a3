import type { Vec3 } from '../volume/geometry';
import type { Labels } from './labels';
import type { Box } from './labelsCount';

/** A part of a volume, as the kernels see it: first voxel and size. */
export interface Crop {
  readonly from: Vec3;
  readonly dims: Vec3;
}

/**
 * The part of a volume in which a class scores as it does in the whole: one voxel of background around its box
 * where the volume has one, and an even first voxel, since thinning takes voxels by the parity of their index.
 */
export function cropAround({ low, high }: Box, dims: Vec3): Crop {
  const first = (axis: number) => Math.max(0, low[axis] - 1) & ~1;
  const size = (axis: number) => Math.min(dims[axis], high[axis] + 2) - first(axis);
  return { from: [first(0), first(1), first(2)], dims: [size(0), size(1), size(2)] };
}

/** The whole volume as a crop. */
const isWhole = (crop: Crop, dims: Vec3): boolean => crop.dims.every((n, axis) => n === dims[axis]);

/**
 * The mask of a class inside a crop: 0 is background.
 *
 * @param label undefined: all labels
 */
export function maskOfClass(
  labels: Labels,
  dims: Vec3,
  crop: Crop,
  label: number | undefined,
): Uint8Array {
  // Bytes that nothing would change need no copy: the kernels take any value but 0 as foreground.
  if (label === undefined && labels instanceof Uint8Array && isWhole(crop, dims)) return labels;
  const [cx, cy, cz] = crop.dims;
  const mask = new Uint8Array(cx * cy * cz);
  const at = inVolume(crop, dims);
  for (let row = 0; row < mask.length; row += cx)
    for (let i = row, voxel = at(row); i < row + cx; i++, voxel++)
      if (label === undefined ? labels[voxel] !== 0 : labels[voxel] === label) mask[i] = 1;
  return mask;
}

/** From the index of a voxel in a crop to its index in the volume. */
export const inVolume =
  ({ from: [fx, fy, fz], dims: [cx, cy] }: Crop, [nx, ny]: Vec3) =>
  (index: number): number => {
    const row = Math.floor(index / cx);
    const z = Math.floor(row / cy);
    return ((fz + z) * ny + fy + row - z * cy) * nx + fx + index - row * cx;
  };
