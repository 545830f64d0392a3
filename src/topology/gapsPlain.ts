import type { MaskRuns, Runs } from './runs';
import { UnionFind } from './unionFind';

/**
 * The 6-connected background of a mask as sets of gaps.. Only those of rows with two runs or
 * more need a look: what precedes the first run, follows the last or fills an empty row is outside already.
 */
function joinGaps(runs: Runs, rowsPerPlane: number): UnionFind {
  const { rowFirst } = runs;
  const sets = new UnionFind(runs.count + 1);
  for (let row = rowsPerPlane; row < rowFirst.length - 1 - rowsPerPlane; row++) {
    if (rowFirst[row + 1] - rowFirst[row] < 2) continue;
    for (const beside of [row - 1, row - rowsPerPlane, row + 1, row + rowsPerPlane])
      joinBeside(runs, sets, row, beside);
  }
  return sets;
}

/** The specification of `gapSets`. */
export function gapsPlain(runs: MaskRuns): Uint32Array {
  const sets = joinGaps(runs, runs.layout.rowsPerPlane);
  return Uint32Array.from({ length: runs.count + 1 }, (_, gap) => sets.find(gap));
}

/** Number of cavities: 6-connected background components that do not reach the outside of the volume. */
export function countCavities(runs: Runs, rowsPerPlane: number): number {
  const { rowFirst } = runs;
  let rows = 0;
  for (let row = 0; row < rowFirst.length - 1; row++) if (rowFirst[row] < rowFirst[row + 1]) rows++;
  return joinGaps(runs, rowsPerPlane).sets - 1 - rows; // a set alone for each last run
}

/** Join the gaps of a row with the background of the row beside it that overlaps them. */
function joinBeside(
  { starts, ends, rowFirst }: Runs,
  sets: UnionFind,
  row: number,
  beside: number,
) {
  const first = rowFirst[beside];
  const last = rowFirst[beside + 1];
  let next = first; // the first run beside that ends behind the gap's start
  for (let run = rowFirst[row]; run < rowFirst[row + 1] - 1; run++) {
    const from = ends[run];
    const to = starts[run + 1];
    while (next < last && ends[next] <= from) next++;
    // Background beside: it begins at `at` and ends where run `other` starts.
    let at = from;
    for (let other = next; at < to; other++) {
      const end = other < last ? starts[other] : to;
      if (at < end) sets.union(run + 1, other === first || other === last ? 0 : other);
      if (other === last) break;
      at = ends[other];
    }
  }
}
