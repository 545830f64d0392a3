import type { Kernels } from '../wasm/kernels';
import type { MaskRuns } from './runs';

/** `gapSets`, compiled. */
export function gapsCompiled(kernels: Kernels, runs: MaskRuns): Uint32Array {
  const { rowCount, rowsPerPlane } = runs.layout;
  const sets = kernels.scratch(4 * (runs.count + 1));
  kernels.run.joinGaps(
    kernels.put(runs.starts),
    kernels.put(runs.ends),
    kernels.put(runs.rowFirst),
    rowCount,
    rowsPerPlane,
    sets,
  );
  return kernels.take(sets, runs.count + 1, Uint32Array);
}
