import { thresholdMask } from '../inference/threshold';
import { removeSmallComponents } from '../topology/components';
import { voxelVolume, type Geometry } from '../volume/geometry';
import type { ThresholdOptions } from './protocol';

/**
 * The vessels of a probability map: the voxels that reach the threshold, without 26-connected components that are
 * smaller than `minComponent` (mm³).
 *
 * @param probability 0 … 255 for 0 … 1, x fastest
 * @returns 0 or 1
 */
export function vesselMask(
  probability: Uint8Array,
  geometry: Pick<Geometry, 'dims' | 'spacing'>,
  { threshold, minComponent }: ThresholdOptions,
): Uint8Array {
  const mask = thresholdMask(probability, threshold);
  const minVoxels = Math.ceil(minComponent / voxelVolume(geometry));
  return minVoxels > 1 ? removeSmallComponents(mask, geometry.dims, minVoxels) : mask;
}
