import { differences } from '../volume/differences';

/**
 * The voxels in which two masks differ, as runs in memory order: a few bytes per run, where a copy of the mask
 * would take a byte per voxel.
 */
export interface MaskDelta {
  /** Voxels of the masks. */
  readonly length: number;
  /** First voxel of each run, ascending. */
  readonly starts: Uint32Array;
  /** Voxels of each run. */
  readonly lengths: Uint32Array;
  /** Value of the run's voxels in the mask before. */
  readonly before: Uint8Array;
  /** Value of the run's voxels in the mask after. */
  readonly after: Uint8Array;
}

/**
 * What changes from one mask to another.
 * @param before any voxel values, x fastest
 * @param after of the same length
 * @throws RangeError when the lengths differ
 */
export function maskDelta(before: Uint8Array, after: Uint8Array): MaskDelta {
  if (before.length !== after.length)
    throw new RangeError(`masks of ${before.length} and ${after.length} voxels`);
  const nextDifference = differences(before, after);
  const starts: number[] = [];
  const lengths: number[] = [];
  let i = nextDifference(0);
  while (i < before.length) {
    const [was, is] = [before[i], after[i]];
    const start = i;
    do i++;
    while (i < before.length && before[i] === was && after[i] === is);
    starts.push(start);
    lengths.push(i - start);
    i = nextDifference(i);
  }
  return {
    length: before.length,
    starts: Uint32Array.from(starts),
    lengths: Uint32Array.from(lengths),
    before: Uint8Array.from(starts, (start) => before[start]),
    after: Uint8Array.from(starts, (start) => after[start]),
  };
}

/**
 * Write one side of a delta into a mask, in place. Voxels outside the delta keep their values.
 * @throws RangeError when the mask has another length than the delta's
 */
export function applyDelta(mask: Uint8Array, delta: MaskDelta, side: 'before' | 'after'): void {
  if (mask.length !== delta.length)
    throw new RangeError(`mask of ${mask.length} voxels, delta of ${delta.length}`);
  delta.starts.forEach((start, run) =>
    mask.fill(delta[side][run], start, start + delta.lengths[run]),
  );
}
