import { utilities } from '@cornerstonejs/core';
import { applyDelta, maskDelta } from './maskDelta';

/** One change of a mask, told after it was made. */
export interface MaskEdit {
  readonly segmentationId: string;
  /** The masks before and after the change, x fastest; only their difference is kept. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** The mask as it is when the user undoes or redoes; it is not written to. */
  read(): Uint8Array;
  /** Show this mask in place of the one that `read` gave. */
  apply(mask: Uint8Array, direction: 'undo' | 'redo'): void;
}

/**
 * Make a change of a mask one step on the viewer's undo history (cornerstone's DefaultHistoryMemo, which OHIF's
 * undo and redo commands drive). A change of nothing is not recorded.
 * @returns whether a step was recorded
 */
export function pushMaskEdit({ segmentationId, before, after, read, apply }: MaskEdit): boolean {
  const delta = maskDelta(before, after);
  if (delta.starts.length === 0) return false;
  utilities.HistoryMemo.DefaultHistoryMemo.push({
    id: segmentationId,
    operationType: 'labelmap',
    restoreMemo: (undo = true) => {
      const mask = read().slice();
      applyDelta(mask, delta, undo ? 'before' : 'after');
      apply(mask, undo ? 'undo' : 'redo');
    },
  });
  return true;
}
