import { FULL } from '../inference/blend';
import { removeSmallComponents } from '../topology/components';
import { voxelVolume, type Geometry } from '../volume/geometry';
import type { ThresholdOptions } from './protocol';

/**
 * The vessels of a probability map: the voxels that reach the threshold, without 26-connected components that are
 * smaller than `minComponent` (mm³).
 *
 * @param probability 0 … 255 for 0 … 1, x fastest
 * @param options the threshold is rounded up to the next step of 1/255
 * @returns 0 or 1
 */
export function vesselMask(
  probability: Uint8Array,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  { threshold, minComponent }: ThresholdOptions,
): Uint8Array {
  const minVoxels = Math.ceil(minComponent / voxelVolume({ spacing }));
  return removeSmallComponents(probability, dims, minVoxels, leastByte(threshold));
}

/** The least byte of a probability map that reaches a threshold of 0 … 1. */
export const leastByte = (threshold: number): number =>
  Math.min(FULL, Math.max(0, Math.ceil(threshold * FULL)));
