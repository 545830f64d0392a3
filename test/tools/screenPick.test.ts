import { describe, expect, test } from '@jest/globals';
import { branchPointUnder } from '@vessels/tools/screenPick';
import { branch, graphOf } from './graphs';

/** Seen from above (+z), two pixels per mm. */
const view = {
  project: ([x, y]: readonly [number, number, number]) => [2 * x, 2 * y] as const,
  towardsViewer: [0, 0, 1],
  scale: 2,
} as const;

describe('branchPointUnder', () => {
  const low = branch(1, [0, 0, 0, 5, 0, 0, 10, 0, 0], 1);
  const high = branch(2, [5, -5, 20, 5, 0, 20, 5, 5, 20], 1);

  test('finds the nearest point of the vessel under the cursor', () => {
    expect(branchPointUnder(graphOf(low), view, [19, 1], 0)).toEqual({ branch: low, index: 2 });
  });

  test('where vessels cross, the one in front is meant', () => {
    expect(branchPointUnder(graphOf(low, high), view, [10, 0], 0)).toEqual({
      branch: high,
      index: 1,
    });
    const below = { ...view, towardsViewer: [0, 0, -1] } as const;
    expect(branchPointUnder(graphOf(low, high), below, [10, 0], 0)?.branch).toBe(low);
  });

  test('beside the vessel there is nothing, but for the tolerance', () => {
    expect(branchPointUnder(graphOf(low), view, [10, 5], 0)).toBeUndefined();
    expect(branchPointUnder(graphOf(low), view, [10, 5], 4)?.index).toBe(1);
  });
});
