import type { CenterlineBranch } from '@vessels/centerline/graph';

/** Numbers of a branch that the table can be sorted by. */
export type BranchColumn = 'id' | 'length' | 'meanDiameter' | 'minDiameter';

export interface BranchOrder {
  readonly column: BranchColumn;
  readonly descending: boolean;
}

/** The branches in the order of one column; equal ones by their number. */
export const sortBranches = (
  branches: readonly CenterlineBranch[],
  { column, descending }: BranchOrder,
): CenterlineBranch[] =>
  [...branches].sort(
    (a, b) => (descending ? b[column] - a[column] : a[column] - b[column]) || a.id - b.id,
  );

/** The order after a click on a column's head: again turns it round; a new column begins with the largest. */
export const nextOrder = (order: BranchOrder, column: BranchColumn): BranchOrder => ({
  column,
  descending: order.column === column ? !order.descending : column !== 'id',
});
