import { joinRuns } from '../../topology/joinRuns';
import { runsOf, type Runs } from '../../topology/runs';
import type { UnionFind } from '../../topology/unionFind';
import type { BitVolume } from '../../volume/bits';
import { OUTSIDE, type Pieces } from './pieces';

/** The specification of `componentsOf`. */
export function componentsPlain(mask: BitVolume): Pieces {
  return runComponentsPlain(runsOf(mask), mask.rowsPerPlane);
}

/** The specification of `componentsOfRuns`. */
export function runComponentsPlain(runs: Runs, rowsPerPlane: number): Pieces {
  return { runs, of: flattened(joinRuns(runs, rowsPerPlane, 26), runs.count) };
}

/** The specification of `backgroundOf`. */
export function backgroundPlain(mask: Runs, rowsPerPlane: number): Pieces {
  const runs = gapsOf(mask);
  const { rowFirst, starts, ends } = runs;
  const sets = joinRuns(runs, rowsPerPlane, 6);
  for (let row = rowsPerPlane + 1; row < rowFirst.length - 1 - rowsPerPlane; row++) {
    if (rowFirst[row] === rowFirst[row + 1]) continue;
    for (const beside of [row - 1, row + 1, row - rowsPerPlane, row + rowsPerPlane]) {
      const [first, last] = [mask.rowFirst[beside], mask.rowFirst[beside + 1] - 1];
      for (let gap = rowFirst[row]; gap < rowFirst[row + 1]; gap++)
        if (last < first || starts[gap] < mask.starts[first] || ends[gap] > mask.ends[last])
          sets.union(gap, OUTSIDE);
    }
  }
  return { runs, of: flattened(sets, runs.count) };
}

/** The background between the runs of each row, behind a run 0 in the margin, where joinRuns does not look. */
function gapsOf(mask: Runs): Runs {
  const rows = mask.rowFirst.length - 1;
  const rowFirst = new Uint32Array(rows + 1);
  const starts = [0];
  const ends = [0];
  for (let row = 0; row < rows; row++) {
    for (let run = mask.rowFirst[row] + 1; run < mask.rowFirst[row + 1]; run++) {
      starts.push(mask.ends[run - 1]);
      ends.push(mask.starts[run]);
    }
    rowFirst[row + 1] = starts.length;
  }
  return {
    count: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    rowFirst,
  };
}

const flattened = (sets: UnionFind, count: number): Uint32Array =>
  new Uint32Array(count).map((_, run) => sets.find(run));
