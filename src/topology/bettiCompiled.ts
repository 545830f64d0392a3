import type { Kernels } from '../wasm/kernels';
import type { Betti } from './betti';
import { planeRoom, type Planes } from './planes';
import { RunWindow } from './runWindow';

/** `bettiNumbers` of a mask that comes plane by plane. */
export function bettiCompiled(kernels: Kernels, planes: Planes): Betti {
  const { countRuns, listRuns } = kernels.run;
  const { rows, rowBytes } = planes;
  const room = planeRoom(kernels, planes);
  const { words, occupied } = room;
  const window = new RunWindow(kernels);
  const totals = kernels.zeros(12);
  for (let plane = 0; plane <= planes.count; plane++) {
    const isFilled = plane < planes.count && planes.read(plane, room); // an empty plane behind the last
    const count = isFilled ? countRuns(words, rowBytes, rows, occupied) : 0;
    if (count === 0 && window.isEmpty) continue;
    window.turn(count);
    if (isFilled)
      window.listed = listRuns(words, rowBytes, rows - 2, occupied, window.rows, window.runs);
    window.join(totals);
  }
  const [b0, b2, euler] = kernels.take(totals, 3, Int32Array);
  return { b0, b1: b0 + b2 - euler, b2 };
}
