import { boxAround, type Box, type Labelmap, type LabelTopology } from '../topology/labelBetti';
import type { Vec3 } from '../volume/geometry';

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

/** The box of a label in one or more labelmaps that together hold it. */
export const boxOf = (label: number, ...maps: readonly LabelTopology[]): Box =>
  boxAround(maps.flatMap(({ labels }) => labels.get(label)?.box ?? []));

/** The mask (0 or 1) of a label inside a crop. */
export function maskOfLabel(
  labels: Labelmap,
  dims: Vec3,
  { from, dims: [cx, cy, cz] }: Crop,
  label: number,
): Uint8Array {
  const mask = new Uint8Array(cx * cy * cz);
  for (let z = 0, at = 0; z < cz; z++)
    for (let y = 0; y < cy; y++) {
      const row = ((from[2] + z) * dims[1] + from[1] + y) * dims[0] + from[0];
      for (let x = 0; x < cx; x++, at++) if (labels[row + x] === label) mask[at] = 1;
    }
  return mask;
}

/** All labels as one mask, any value but 0 foreground; bytes are one already. */
export function maskOfAll(labels: Labelmap): Uint8Array {
  if (labels instanceof Uint8Array) return labels;
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < mask.length; i++) if (labels[i] !== 0) mask[i] = 1;
  return mask;
}
