import { packBits, type BitVolume } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import { runsOf, type Runs } from './runs';

/** The runs of a mask together with the grid that they lie on. */
export interface Lines {
  readonly runs: Runs;
  readonly bits: BitVolume;
}

/** The runs of a mask (x fastest, any value but 0 is foreground). */
export function linesOf(mask: Uint8Array, dims: Vec3): Lines {
  const bits = packBits(mask, dims);
  return { runs: runsOf(bits), bits };
}

/** Visit the runs in raster order, with the linear indices [from, to) and the start (x, y, z) of each. */
export function eachRun(
  { runs, bits }: Lines,
  visit: (run: number, from: number, to: number, x: number, y: number, z: number) => void,
): void {
  const { starts, ends, rowFirst } = runs;
  const { rowsPerPlane, rowCount, occupied, dims } = bits;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const [y, z] = [row - plane * rowsPerPlane - 1, plane - 1];
    const first = (z * dims[1] + y) * dims[0];
    for (let run = rowFirst[row]; run < rowFirst[row + 1]; run++)
      visit(run, first + starts[run], first + ends[run], starts[run], y, z);
  }
}
