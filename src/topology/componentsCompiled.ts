import type { Kernels } from '../wasm/kernels';
import type { FoundComponents } from './components';
import { REACH, type Connectivity } from './joinRuns';
import type { MaskRuns } from './runs';

/** Find the components of runs. */
export function componentsCompiled(
  kernels: Kernels,
  runs: MaskRuns,
  connectivity: Connectivity,
): FoundComponents {
  const { rowCount, rowsPerPlane, dims } = runs.layout;
  const { beside, diagonal } = REACH[connectivity];
  const [starts, ends] = [kernels.put(runs.starts), kernels.put(runs.ends)];
  const rowFirst = kernels.put(runs.rowFirst);
  const sets = kernels.scratch(4 * runs.count);
  const grid = [starts, ends, rowFirst, rowCount, rowsPerPlane] as const;
  const count = kernels.run.joinRuns(...grid, beside, diagonal, sets);
  const sizes = kernels.zeros(4 * count);
  const seeds = kernels.scratch(4 * count);
  const boxes = kernels.scratch(24 * count);
  kernels.run.measureComponents(...grid, dims[0], dims[1], sets, sizes, seeds, boxes);
  return {
    of: kernels.take(sets, runs.count, Uint32Array),
    sizes: kernels.take(sizes, count, Uint32Array),
    seeds: kernels.take(seeds, count, Uint32Array),
    boxes: kernels.take(boxes, 6 * count, Uint32Array),
  };
}
