import type { Runs } from '../../topology/runs';

/**
 * Runs as the GPU found them, in the order of their rows.
 *
 * @param rows of each row its first run and how many there are
 * @param packed runs: first x, and one past the last in the upper 16 bits
 */
export function readRuns(rows: Uint32Array, packed: Uint32Array): Runs {
  const rowFirst = new Uint32Array(rows.length / 2 + 1);
  for (let row = 0; row + 1 < rowFirst.length; row++)
    rowFirst[row + 1] = rowFirst[row] + rows[2 * row + 1];
  const count = rowFirst[rowFirst.length - 1];
  const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
  for (let row = 0; row + 1 < rowFirst.length; row++)
    for (let to = rowFirst[row], from = rows[2 * row]; to < rowFirst[row + 1]; to++, from++) {
      starts[to] = packed[from] & 0xffff;
      ends[to] = packed[from] >>> 16;
    }
  return { count, starts, ends, rowFirst };
}
