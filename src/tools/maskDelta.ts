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

/** First index from `from` at which the masks differ; compares eight voxels at a time where both are aligned. */
function nextDifference(
  a: Uint8Array,
  b: Uint8Array,
  wide: Wide | undefined,
  from: number,
): number {
  let i = from;
  for (; i < a.length; i++) {
    if (wide && i % 8 === 0) {
      let w = i / 8;
      while (w < wide.a.length && wide.a[w] === wide.b[w]) w++;
      i = w * 8;
      if (i >= a.length) break;
    }
    if (a[i] !== b[i]) return i;
  }
  return a.length;
}

interface Wide {
  readonly a: BigUint64Array;
  readonly b: BigUint64Array;
}

const asWords = (mask: Uint8Array) =>
  new BigUint64Array(mask.buffer, mask.byteOffset, Math.floor(mask.length / 8));

/**
 * What changes from one mask to another.
 * @param before any voxel values, x fastest
 * @param after of the same length
 * @throws RangeError when the lengths differ
 */
export function maskDelta(before: Uint8Array, after: Uint8Array): MaskDelta {
  if (before.length !== after.length)
    throw new RangeError(`masks of ${before.length} and ${after.length} voxels`);
  const aligned = before.byteOffset % 8 === 0 && after.byteOffset % 8 === 0;
  const wide = aligned ? { a: asWords(before), b: asWords(after) } : undefined;
  const starts: number[] = [];
  const lengths: number[] = [];
  let i = nextDifference(before, after, wide, 0);
  while (i < before.length) {
    const [was, is] = [before[i], after[i]];
    const start = i;
    do i++;
    while (i < before.length && before[i] === was && after[i] === is);
    starts.push(start);
    lengths.push(i - start);
    i = nextDifference(before, after, wide, i);
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
