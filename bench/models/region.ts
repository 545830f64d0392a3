import { labelComponents } from '@vessels/topology/components';
import { packBits } from '@vessels/volume/bits';
import { distanceTransformOfBits } from '@vessels/volume/distanceTransform';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';

/** Voxels up to `mm` from a mask, the mask itself among them; 0 or 1. */
export function dilated(
  mask: Uint8Array,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  mm: number,
): Uint8Array {
  const outside = mask.map((value) => 1 - value);
  const distances = distanceTransformOfBits(packBits(outside, dims), spacing);
  const near = new Uint8Array(mask.length);
  for (let i = 0; i < near.length; i++) near[i] = Number(distances[i] <= mm);
  return near;
}

/** The largest 26-connected component, 0 or 1. */
export function largestComponent(mask: Uint8Array, dims: Vec3): Uint8Array {
  const { labels } = labelComponents(mask, dims, 26);
  return mask.map((_, v) => Number(labels[v] === 1));
}

/** Voxels of both. */
export const both = (a: Uint8Array, b: Uint8Array | undefined): Uint8Array =>
  b ? a.map((value, v) => value & b[v]) : a;
