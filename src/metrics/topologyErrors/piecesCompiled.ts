import type { Runs } from '../../topology/runs';
import type { BitVolume } from '../../volume/bits';
import type { Kernels } from '../../wasm/kernels';
import type { Pieces } from './pieces';

/** `componentsOf` of all rows at once. */
export function componentsCompiled(kernels: Kernels, mask: BitVolume): Pieces {
  const { rowWords, rowsPerPlane, rowCount } = mask;
  const { countRuns, listVolumeRuns, joinVolumeRuns } = kernels.run;
  const words = kernels.put(mask.words);
  const occupied = kernels.put(mask.occupied);
  const count = countRuns(words, 4 * rowWords, rowCount, occupied);
  const runs = runRoom(kernels, rowCount, count);
  const { firsts, starts, ends, sets } = runs;
  listVolumeRuns(words, 4 * rowWords, rowCount, occupied, firsts, starts, ends);
  joinVolumeRuns(firsts, starts, ends, rowCount, rowsPerPlane, sets);
  return takePieces(kernels, runs);
}

/** `componentsOfRuns` of all rows at once. */
export function runComponentsCompiled(kernels: Kernels, runs: Runs, rowsPerPlane: number): Pieces {
  const [firsts, starts, ends] = [runs.rowFirst, runs.starts, runs.ends].map((list) =>
    kernels.put(list),
  );
  const sets = kernels.scratch(4 * runs.count);
  const rows = runs.rowFirst.length - 1;
  kernels.run.joinVolumeRuns(firsts, starts, ends, rows, rowsPerPlane, sets);
  return { runs, of: kernels.take(sets, runs.count, Uint32Array) };
}

/** `backgroundOf` of all rows at once. */
export function backgroundCompiled(kernels: Kernels, mask: Runs, rowsPerPlane: number): Pieces {
  const rowCount = mask.rowFirst.length - 1;
  const maskFirsts = kernels.put(mask.rowFirst);
  const maskStarts = kernels.put(mask.starts);
  const maskEnds = kernels.put(mask.ends);
  const filled = mask.rowFirst.reduce(
    (n, first, row) => n + Number(first < mask.rowFirst[row + 1]),
    0,
  );
  const runs = runRoom(kernels, rowCount, mask.count - filled + 1);
  const { firsts, starts, ends, sets } = runs;
  const { listGaps, joinVolumeGaps } = kernels.run;
  listGaps(maskFirsts, maskStarts, maskEnds, rowCount, firsts, starts, ends);
  joinVolumeGaps(
    maskFirsts,
    maskStarts,
    maskEnds,
    firsts,
    starts,
    ends,
    rowCount,
    rowsPerPlane,
    sets,
  );
  return takePieces(kernels, runs);
}

/** Room for runs and their sets. */
function runRoom(kernels: Kernels, rows: number, count: number) {
  return {
    rows,
    count,
    firsts: kernels.scratch(4 * (rows + 1)),
    starts: kernels.scratch(4 * count),
    ends: kernels.scratch(4 * count),
    sets: kernels.scratch(4 * count),
  };
}

function takePieces(
  kernels: Kernels,
  { rows, count, firsts, starts, ends, sets }: ReturnType<typeof runRoom>,
): Pieces {
  return {
    runs: {
      count,
      starts: kernels.take(starts, count, Int32Array),
      ends: kernels.take(ends, count, Int32Array),
      rowFirst: kernels.take(firsts, rows + 1, Uint32Array),
    },
    of: kernels.take(sets, count, Uint32Array),
  };
}
