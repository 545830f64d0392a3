import type { Runs } from './runs';
import { UnionFind } from './unionFind';

/**
 * Number of cavities: 6-connected background components that do not reach the outside of the volume.
 *
 * Only the gaps between the foreground runs of a row can lie in a cavity; what precedes the first run, follows
 * the last or fills an empty row is outside already. Set 0 is the outside, set i + 1 the gap behind run i.
 */
export function countCavities(runs: Runs, rowsPerPlane: number): number {
  const { rowFirst } = runs;
  const sets = new UnionFind(runs.count + 1);
  let gaps = 0;
  for (let row = rowsPerPlane; row < rowFirst.length - 1 - rowsPerPlane; row++) {
    const inRow = rowFirst[row + 1] - rowFirst[row];
    if (inRow < 2) continue;
    gaps += inRow - 1;
    for (const beside of [row - 1, row - rowsPerPlane, row + 1, row + rowsPerPlane])
      joinGaps(runs, sets, row, beside);
  }
  // Sets that are no gap (behind the last run of a row) were never joined.
  const notGaps = runs.count - gaps;
  return sets.sets - 1 - notGaps;
}

/** Join the gaps of a row with the background of the row beside it that overlaps them. */
function joinGaps({ starts, ends, rowFirst }: Runs, sets: UnionFind, row: number, beside: number) {
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
