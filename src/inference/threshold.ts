import { FULL } from './blend';

const ONES = 0x01010101;

/**
 * The voxels whose probability reaches a threshold, as a mask of 0 and 1.
 *
 * Four voxels are compared in one step: the lower seven bits of each byte are added to what they lack to 128, so
 * that the upper bit tells.
 *
 * @param probability 0 … 255 for 0 … 1
 * @param threshold 0 … 1; rounded up to the next step of 1/255
 */
export function thresholdMask(probability: Uint8Array, threshold: number): Uint8Array {
  const least = Math.min(FULL, Math.max(0, Math.ceil(threshold * FULL)));
  const isUpperHalf = least > 128;
  const lack = ((isUpperHalf ? 256 : 128) - least) * ONES;

  const { buffer, byteOffset, length } =
    probability.byteOffset % 4 ? probability.slice() : probability;
  const mask = new Uint8Array(length);
  const from = new Int32Array(buffer, byteOffset, length >> 2);
  const to = new Int32Array(mask.buffer, 0, from.length);
  for (let i = 0; i < from.length; i++) {
    const word = from[i];
    const sum = ((word & 0x7f7f7f7f) + lack) | 0;
    to[i] = ((isUpperHalf ? sum & word : sum | word) >>> 7) & ONES;
  }
  for (let i = 4 * from.length; i < length; i++) mask[i] = probability[i] >= least ? 1 : 0;
  return mask;
}
