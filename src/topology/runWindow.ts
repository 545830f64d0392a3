import type { Kernels } from '../wasm/kernels';

/** Runs that there is room for at first; a plane of a vessel mask has fewer. */
const FIRST_CAPACITY = 2048;

/**
 * The runs of two successive planes in the kernels' memory, as assembly/betti.ts joins them: all that a Betti
 * number needs to remember of a mask.
 */
export class RunWindow {
  /** Row list and runs of the plane in hand, to be filled after {@link turn}. */
  rows = 0;
  runs = 0;
  /** Rows listed in the plane in hand; set with them. */
  listed = 0;

  private listedBefore = 0;
  private count = 0;
  private capacity = 0;
  private pieces = 0;
  private gaps = 0;
  private sides = 0;

  constructor(private readonly kernels: Kernels) {
    this.makeRoom(FIRST_CAPACITY);
  }

  /** Whether the plane in hand has no runs. */
  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Go on to a plane of `next` runs. */
  turn(next: number): void {
    if (next > this.capacity) this.makeRoom(2 * next);
    const { rows, runs, pieces, gaps, sides, capacity, listed, count } = this;
    this.kernels.run.turnPlane(rows, runs, pieces, gaps, sides, capacity, listed, count, next);
    this.listedBefore = listed;
    this.listed = 0;
    this.count = next;
  }

  /** Join the plane in hand with the one before and add up at `totals`: b0, b2, χ26 (i32 each). */
  join(totals: number): void {
    const { rows, runs, pieces, gaps, sides, listed, listedBefore, rowsBefore: before } = this;
    const [end, endBefore] = [rows + 8 * listed, before + 8 * listedBefore];
    const { joinPlanes } = this.kernels.run;
    joinPlanes(rows, end, before, endBefore, runs, pieces, gaps, sides, totals);
  }

  /** {@link join} each label, whose sections the directories name (assembly/labels.ts). */
  joinLabels(directory: number, directoryBefore: number, states: number): void {
    const { rows, runs, pieces, gaps, sides, rowsBefore } = this;
    const { joinLabels } = this.kernels.run;
    joinLabels(directory, directoryBefore, rows, rowsBefore, runs, pieces, gaps, sides, states);
  }

  private get rowsBefore(): number {
    return this.rows + 8 * (this.capacity + 1);
  }

  /** Move the plane in hand to where a plane of `capacity` runs has room. */
  private makeRoom(capacity: number): void {
    const { kernels, count, listed } = this;
    const moved = (from: number, kept: number, bytes: number) => {
      const to = kernels.scratch(bytes);
      if (from > 0) kernels.write(to, kernels.take(from, kept, Uint8Array));
      return to;
    };
    this.rows = moved(this.rows, 8 * (listed + 1), 16 * (capacity + 1));
    this.runs = moved(this.runs, 8 * count, 16 * capacity);
    this.pieces = moved(this.pieces, 4 * count, 8 * capacity);
    this.gaps = moved(this.gaps, 4 * (count + 1), 4 * (2 * capacity + 1));
    this.sides = moved(this.sides, count, 2 * capacity);
    this.capacity = capacity;
    if (count === 0) kernels.write(this.rows, Int32Array.of(-1, 0));
  }
}
