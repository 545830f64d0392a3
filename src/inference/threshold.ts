import { FULL } from './blend';

/**
 * The voxels whose probability reaches a threshold, as a mask of 0 and 1.
 *
 * @param probability 0 … 255 for 0 … 1
 * @param threshold 0 … 1; rounded up to the next step of 1/255
 */
export function thresholdMask(probability: Uint8Array, threshold: number): Uint8Array {
  const least = Math.ceil(threshold * FULL);
  const mask = new Uint8Array(probability.length);
  for (let i = 0; i < mask.length; i++) if (probability[i] >= least) mask[i] = 1;
  return mask;
}
