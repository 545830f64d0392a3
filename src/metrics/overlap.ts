import { checkSameLength } from '../volume/checks';
import { share, type EmptyPolicy } from './emptyPolicy';

/** Voxels of two masks on one grid. */
export interface Overlap {
  readonly a: number;
  readonly b: number;
  readonly both: number;
}

/**
 * Count the voxels of two masks and of their intersection; any value but 0 is foreground.
 *
 * @throws InputError `volume.length`
 */
export function overlap(a: Uint8Array, b: Uint8Array): Overlap {
  checkSameLength(a, b, ['a', 'b']);
  let inA = 0;
  let inB = 0;
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== 0) {
      inA++;
      if (b[i] !== 0) both++;
    }
    if (b[i] !== 0) inB++;
  }
  return { a: inA, b: inB, both };
}

/** Dice coefficient 2·|A ∩ B| / (|A| + |B|) from counts. */
export const diceOf = ({ a, b, both }: Overlap, policy: EmptyPolicy): number =>
  share(2 * both, a + b, a + b === 0, policy);

/** Intersection over union |A ∩ B| / |A ∪ B| (Jaccard index) from counts. */
export const iouOf = ({ a, b, both }: Overlap, policy: EmptyPolicy): number =>
  share(both, a + b - both, a + b === 0, policy);

/**
 * Dice coefficient 2·|A ∩ B| / (|A| + |B|) by voxels.
 *
 * @throws InputError `volume.length`
 */
export const dice = (a: Uint8Array, b: Uint8Array, policy: EmptyPolicy = 'agreement'): number =>
  diceOf(overlap(a, b), policy);

/**
 * Intersection over union (Jaccard index) by voxels.
 *
 * @throws InputError `volume.length`
 */
export const iou = (a: Uint8Array, b: Uint8Array, policy: EmptyPolicy = 'agreement'): number =>
  iouOf(overlap(a, b), policy);
