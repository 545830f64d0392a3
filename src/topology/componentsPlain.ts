import type { FoundComponents } from './components';
import { joinRuns, type Connectivity } from './joinRuns';
import { eachRun, type MaskRuns } from './runs';

/** The specification of `componentsCompiled`. */
export function componentsPlain(runs: MaskRuns, connectivity: Connectivity): FoundComponents {
  const sets = joinRuns(runs, runs.layout.rowsPerPlane, connectivity);
  const of = new Uint32Array(runs.count);
  const sizes = new Uint32Array(sets.sets);
  const seeds = new Uint32Array(sets.sets);
  const boxes = new Uint32Array(6 * sets.sets);
  let numbered = 0;
  eachRun(runs, (run, from, to, y, z) => {
    const root = sets.find(run); // the first run of its component
    const c = root === run ? numbered++ : of[root];
    const [x, last] = [runs.starts[run], runs.ends[run] - 1];
    of[run] = c;
    const box = 6 * c;
    if (root === run) {
      seeds[c] = from;
      boxes.set([x, y, z, last, y, z], box);
    }
    sizes[c] += to - from;
    boxes[box] = Math.min(boxes[box], x);
    boxes[box + 1] = Math.min(boxes[box + 1], y);
    boxes[box + 3] = Math.max(boxes[box + 3], last);
    boxes[box + 4] = Math.max(boxes[box + 4], y);
    boxes[box + 5] = z; // rows come by rising z
  });
  return { of, sizes, seeds, boxes };
}
