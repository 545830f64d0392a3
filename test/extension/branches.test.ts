import { describe, expect, it } from '@jest/globals';
import type { CenterlineBranch } from '@vessels/centerline/graph';
import { nextOrder, sortBranches } from '../../extension/src/panel/sortBranches';

const branch = (id: number, length: number, minDiameter: number): CenterlineBranch => ({
  id,
  from: 0,
  to: id,
  component: 1,
  points: Float32Array.from([0, 0, 0, 1.5, -2, 3.25]),
  radii: Float32Array.from([1, 1]),
  length,
  meanDiameter: 2,
  minDiameter,
  maxDiameter: 3,
  narrowest: 1,
});

const BRANCHES = [branch(1, 10, 2), branch(2, 30, 1), branch(3, 10, 3)];

describe('sortBranches', () => {
  it('orders by a column, equal ones by number, and leaves its input alone', () => {
    const ids = (order: Parameters<typeof sortBranches>[1]) =>
      sortBranches(BRANCHES, order).map(({ id }) => id);
    expect(ids({ column: 'length', descending: true })).toEqual([2, 1, 3]);
    expect(ids({ column: 'length', descending: false })).toEqual([1, 3, 2]);
    expect(ids({ column: 'minDiameter', descending: false })).toEqual([2, 1, 3]);
    expect(BRANCHES.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('turns round on the same head, begins a new one with the largest, numbers with the first', () => {
    expect(nextOrder({ column: 'length', descending: true }, 'length').descending).toBe(false);
    expect(nextOrder({ column: 'length', descending: false }, 'meanDiameter')).toEqual({
      column: 'meanDiameter',
      descending: true,
    });
    expect(nextOrder({ column: 'length', descending: true }, 'id').descending).toBe(false);
  });
});
