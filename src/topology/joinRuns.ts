import type { Runs } from './runs';
import { UnionFind } from './unionFind';

/** Neighbours of a foreground voxel: 6 by faces, 18 by faces and edges, 26 by corners too. */
export type Connectivity = 6 | 18 | 26;

/**
 * How far apart along x two runs may be and still touch, for rows side by side (faces) and for rows that are
 * diagonal to each other (edges): 0 = they share an x, 1 = their ends may be diagonal, −1 = never.
 */
export const REACH: Readonly<
  Record<Connectivity, { readonly beside: number; readonly diagonal: number }>
> = Object.freeze({
  6: { beside: 0, diagonal: -1 },
  18: { beside: 1, diagonal: 0 },
  26: { beside: 1, diagonal: 1 },
});

/**
 * The connected components of a mask as sets of runs. Each row is compared with the four neighbour rows that
 * precede it in raster order.
 */
export function joinRuns(runs: Runs, rowsPerPlane: number, connectivity: Connectivity): UnionFind {
  const sets = new UnionFind(runs.count);
  const { beside, diagonal } = REACH[connectivity];
  const { rowFirst } = runs;
  for (let row = rowsPerPlane + 1; row < rowFirst.length - 1; row++) {
    if (rowFirst[row] === rowFirst[row + 1]) continue;
    joinRows(runs, sets, row, row - 1, beside);
    joinRows(runs, sets, row, row - rowsPerPlane, beside);
    if (diagonal < 0) continue;
    joinRows(runs, sets, row, row - rowsPerPlane - 1, diagonal);
    joinRows(runs, sets, row, row - rowsPerPlane + 1, diagonal);
  }
  return sets;
}

/** Join the runs of two rows that touch, walking along both at once. */
function joinRows(runs: Runs, sets: UnionFind, rowA: number, rowB: number, reach: number): void {
  const { starts, ends, rowFirst } = runs;
  const endA = rowFirst[rowA + 1];
  const endB = rowFirst[rowB + 1];
  let a = rowFirst[rowA];
  let b = rowFirst[rowB];
  while (a < endA && b < endB) {
    if (starts[a] < ends[b] + reach && starts[b] < ends[a] + reach) sets.union(a, b);
    if (ends[a] < ends[b]) a++;
    else b++;
  }
}
