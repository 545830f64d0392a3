import { leastByte } from '../inference/blend';
import { maskOfLarge, removeSmallComponents } from '../topology/components';
import type { MaskRuns } from '../topology/runs';
import { voxelVolume, type Geometry } from '../volume/geometry';
import type { ThresholdOptions } from './protocol';

/** What the user chooses, and the manifest's share of the largest component. */
export interface MaskOptions extends ThresholdOptions {
  readonly minShare?: number;
}

/**
 * The vessels of a probability map: the voxels that reach the threshold, without 26-connected components that are
 * smaller than `minComponent` (mm³) or than `minShare` of the largest.
 *
 * @param probability 0 … 255 for 0 … 1, x fastest
 * @param options the threshold is rounded up to the next step of 1/255
 * @param runs of the voxels that reach the threshold, where they are known already
 * @returns 0 or 1
 */
export function vesselMask(
  probability: Uint8Array,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  { threshold, minComponent, minShare }: MaskOptions,
  runs?: MaskRuns,
): Uint8Array {
  const minVoxels = Math.ceil(minComponent / voxelVolume({ spacing }));
  if (runs) return maskOfLarge(runs, { minVoxels, minShare });
  return removeSmallComponents(probability, dims, {
    ...{ minVoxels, minShare },
    least: leastByte(threshold),
  });
}
