import { beforeEach, describe, expect, test } from '@jest/globals';
import { utilities } from '@cornerstonejs/core';
import { pushMaskEdit } from '@vessels/tools/history';

const { DefaultHistoryMemo } = utilities.HistoryMemo;

/** A mask on show, and what was applied to it. */
function viewer(first: readonly number[]) {
  const state: { mask: Uint8Array; applied: string[] } = {
    mask: Uint8Array.from(first),
    applied: [],
  };
  const edit = (next: readonly number[]) => {
    const [before, after] = [state.mask, Uint8Array.from(next)];
    state.mask = after;
    return pushMaskEdit({
      segmentationId: 'vessels',
      before,
      after,
      read: () => state.mask,
      apply: (mask, direction) => {
        state.mask = mask;
        state.applied.push(direction);
      },
    });
  };
  return { state, edit, shown: () => Array.from(state.mask) };
}

beforeEach(() => {
  DefaultHistoryMemo.size = 50;
});

describe('pushMaskEdit', () => {
  test('one change is one step: undone and redone', () => {
    const { state, edit, shown } = viewer([0, 1, 1, 0]);
    expect(edit([0, 1, 0, 0])).toBe(true);
    DefaultHistoryMemo.undo();
    expect(shown()).toEqual([0, 1, 1, 0]);
    DefaultHistoryMemo.redo();
    expect(shown()).toEqual([0, 1, 0, 0]);
    expect(state.applied).toEqual(['undo', 'redo']);
  });

  test('steps are undone from the last to the first', () => {
    const { edit, shown } = viewer([0, 0, 0]);
    edit([1, 0, 0]);
    edit([1, 1, 0]);
    DefaultHistoryMemo.undo();
    expect(shown()).toEqual([1, 0, 0]);
    DefaultHistoryMemo.undo();
    expect(shown()).toEqual([0, 0, 0]);
    expect(DefaultHistoryMemo.canUndo).toBe(false);
  });

  test('a change of nothing is no step', () => {
    const { edit } = viewer([0, 1]);
    expect(edit([0, 1])).toBe(false);
    expect(DefaultHistoryMemo.canUndo).toBe(false);
  });

  test('voxels that the step did not touch keep what happened since', () => {
    const { state, edit, shown } = viewer([0, 0, 0]);
    edit([1, 0, 0]);
    state.mask = Uint8Array.of(1, 0, 1);
    DefaultHistoryMemo.undo();
    expect(shown()).toEqual([0, 0, 1]);
  });

  test('the mask that was read is not written to', () => {
    const { state, edit } = viewer([0, 0]);
    edit([1, 0]);
    const read = state.mask;
    DefaultHistoryMemo.undo();
    expect(Array.from(read)).toEqual([1, 0]);
  });
});
