import type { Runs } from '../../topology/runs';
import { lowestBit, type BitVolume } from '../../volume/bits';

/** The runs of the union of two masks, from theirs. */
export function unionOfRuns(a: Runs, b: Runs): Runs {
  const runs = new RunList(a.rowFirst.length - 1, a.count + b.count);
  for (let row = 0; row < runs.rows; row++) {
    let [i, j] = [a.rowFirst[row], b.rowFirst[row]];
    const [endA, endB] = [a.rowFirst[row + 1], b.rowFirst[row + 1]];
    while (i < endA || j < endB) {
      const isOfA = j === endB || (i < endA && a.starts[i] <= b.starts[j]);
      if (isOfA) runs.add(a.starts[i], a.ends[i++]);
      else runs.add(b.starts[j], b.ends[j++]);
    }
    runs.closeRow(row);
  }
  return runs.list();
}

/** The runs of the voxels that two masks share, packed along x. */
export function runsOfBoth(a: BitVolume, b: BitVolume): Runs {
  const { rowWords, rowCount } = a;
  const runs = new RunList(rowCount, Math.min(a.count, b.count));
  for (let row = 0; row < rowCount; row++) {
    if (a.occupied[row] !== 0)
      for (let k = 0, w = row * rowWords; k < rowWords; k++, w++)
        for (let bits = a.words[w] & b.words[w]; bits !== 0;) {
          // Bit 0 of a row is margin. The ones from the lowest on: adding it carries through them.
          const from = lowestBit(bits);
          const rest = (bits + (1 << from)) | 0;
          const to = rest === 0 ? 32 : lowestBit(rest);
          runs.add(32 * k + from - 1, 32 * k + to - 1);
          bits &= rest;
        }
    runs.closeRow(row);
  }
  return runs.list();
}

/** A growing list of runs, row by row; one that begins where the last one in its row ends goes on with it. */
class RunList {
  private count = 0;
  private rowBegin = 0;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly rowFirst: Uint32Array;

  /** @param most runs that there may be at most */
  constructor(
    readonly rows: number,
    most: number,
  ) {
    this.starts = new Int32Array(most);
    this.ends = new Int32Array(most);
    this.rowFirst = new Uint32Array(rows + 1);
  }

  /** @param start not before that of the run added last */
  add(start: number, end: number): void {
    const last = this.count - 1;
    if (last >= this.rowBegin && start <= this.ends[last]) {
      if (end > this.ends[last]) this.ends[last] = end;
      return;
    }
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  closeRow(row: number): void {
    this.rowBegin = this.rowFirst[row + 1] = this.count;
  }

  list(): Runs {
    const { count, rowFirst } = this;
    const starts = this.starts.slice(0, count);
    return { count, starts, ends: this.ends.slice(0, count), rowFirst };
  }
}
