import type { Kernels } from '../wasm/kernels';
import { planeRoom, type Planes } from './planes';
import type { Runs } from './runs';

/** `runsOf` a mask that comes plane by plane. */
export function runsCompiled(kernels: Kernels, planes: Planes): Runs {
  const { count: planeCount, rows, rowBytes } = planes;
  const room = planeRoom(kernels, planes);
  const { words, occupied } = room;
  const rowFirst = new Uint32Array((planeCount + 2) * rows + 1);
  const firsts = kernels.scratch(4 * rows);
  const starts: Int32Array[] = [];
  const ends: Int32Array[] = [];
  let count = 0;
  for (let plane = 0; plane < planeCount; plane++) {
    const from = (plane + 1) * rows;
    const found = planes.read(plane, room)
      ? kernels.run.countRuns(words, rowBytes, rows, occupied)
      : 0;
    if (found === 0) {
      rowFirst.fill(count, from, from + rows);
      continue;
    }
    kernels.during(() => {
      const [startsAt, endsAt] = [kernels.scratch(4 * found), kernels.scratch(4 * found)];
      kernels.run.splitRuns(words, rowBytes, rows, occupied, startsAt, endsAt, firsts, count);
      starts.push(kernels.take(startsAt, found, Int32Array));
      ends.push(kernels.take(endsAt, found, Int32Array));
      rowFirst.set(kernels.take(firsts, rows, Uint32Array), from);
    });
    count += found;
  }
  rowFirst.fill(count, (planeCount + 1) * rows);
  return { count, starts: joined(starts, count), ends: joined(ends, count), rowFirst };
}

/** Arrays one behind the other. */
function joined(parts: readonly Int32Array[], length: number): Int32Array {
  const whole = new Int32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
