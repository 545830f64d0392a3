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

/**
 * Dice coefficient 2·|A ∩ B| / (|A| + |B|) by voxels.
 *
 * @throws InputError `volume.length`
 */
export function dice(a: Uint8Array, b: Uint8Array, policy: EmptyPolicy = 'agreement'): number {
  const { a: inA, b: inB, both } = overlap(a, b);
  return share(2 * both, inA + inB, inA + inB === 0, policy);
}
