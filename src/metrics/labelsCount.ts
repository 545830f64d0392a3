import type { Vec3 } from '../volume/geometry';
import type { Labels } from './labels';
import type { Overlap } from './overlap';

/** A box of voxels: least and greatest index along each axis, both inside. */
export interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

/** The voxels of one class: `a` in the prediction, `b` in the reference, `both` in the same place. */
export interface ClassVoxels extends Overlap {
  /** Around both sides together. */
  readonly box: Box;
}

/** The voxels of a pair of labelmaps. */
export interface PairVoxels {
  /** By label, rising: every class that one of the two holds. */
  readonly classes: ReadonlyMap<number, ClassVoxels>;
  /** All labels as one class; its box is the first voxel where there is none. */
  readonly merged: ClassVoxels;
}

/**
 * Count the voxels of every class on both sides and find their boxes in one pass, run by run.
 *
 * @param a labels of the prediction, x fastest; the caller has checked that both fill dims
 * @param b labels of the reference
 */
export function countLabels(a: Labels, b: Labels, dims: Vec3): PairVoxels {
  const [nx, ny] = dims;
  const size = a instanceof Uint16Array || b instanceof Uint16Array ? 65536 : 256;
  const inA = new Uint32Array(size);
  const inB = new Uint32Array(size);
  const same = new Uint32Array(size);
  const boxes = new Boxes(size);
  let both = 0;
  const next = foregroundOf(a, b);
  for (let i = next(0); i < a.length; i = next(i)) {
    const row = Math.floor(i / nx);
    const first = row * nx;
    const z = Math.floor(row / ny);
    const y = row - z * ny;
    const from = i;
    const p = a[from];
    const r = b[from];
    do i++;
    while (i < first + nx && a[i] === p && b[i] === r);
    inA[p] += i - from;
    inB[r] += i - from;
    if (p === r) same[p] += i - from;
    if (p !== 0 && r !== 0) both += i - from;
    if (p !== 0) boxes.hold(p, from - first, i - 1 - first, y, z);
    if (r !== 0 && r !== p) boxes.hold(r, from - first, i - 1 - first, y, z);
  }

  const classes = new Map<number, ClassVoxels>();
  for (let label = 1; label < size; label++)
    if (inA[label] + inB[label] > 0)
      classes.set(label, {
        a: inA[label],
        b: inB[label],
        both: same[label],
        box: boxes.of(label),
      });
  const all = [...classes.values()];
  const sum = (side: 'a' | 'b') => all.reduce((total, voxels) => total + voxels[side], 0);
  return {
    classes,
    merged: { a: sum('a'), b: sum('b'), both, box: around(all.map(({ box }) => box)) },
  };
}

/** The first voxel from a place on that is foreground in one of two labelmaps, or their length. */
function foregroundOf(a: Labels, b: Labels): (from: number) => number {
  const step = 4 / a.BYTES_PER_ELEMENT;
  const wordwise = a.BYTES_PER_ELEMENT === b.BYTES_PER_ELEMENT;
  const wordsA = wordwise ? wordsOf(a) : NO_WORDS;
  const wordsB = wordwise ? wordsOf(b) : NO_WORDS;
  const words = Math.min(wordsA.length, wordsB.length);
  return (from) => {
    let i = from;
    while (i < a.length && (a[i] | b[i]) === 0)
      if (i % step !== 0) i++;
      else {
        let w = i / step;
        while (w < words && (wordsA[w] | wordsB[w]) === 0) w++;
        // Where no word was passed, its voxels are looked at one by one.
        i = Math.max(i + 1, w * step);
      }
    return i;
  };
}

const NO_WORDS = new Int32Array(0);

/** Labels as 32-bit words, what is left over excepted; none where they do not begin at a word. */
const wordsOf = ({ buffer, byteOffset, byteLength }: Labels): Int32Array =>
  byteOffset % 4 === 0 ? new Int32Array(buffer, byteOffset, byteLength >>> 2) : NO_WORDS;

/** A growing box for each label. */
class Boxes {
  private readonly low: Int32Array;
  private readonly high: Int32Array;

  constructor(size: number) {
    this.low = new Int32Array(3 * size).fill(2 ** 31 - 1);
    this.high = new Int32Array(3 * size).fill(-1);
  }

  /** Grow the box of a label so that it holds a run; runs come by rising z. */
  hold(label: number, x0: number, x1: number, y: number, z: number): void {
    const { low, high } = this;
    const at = 3 * label;
    if (x0 < low[at]) low[at] = x0;
    if (x1 > high[at]) high[at] = x1;
    if (y < low[at + 1]) low[at + 1] = y;
    if (y > high[at + 1]) high[at + 1] = y;
    if (z < low[at + 2]) low[at + 2] = z;
    high[at + 2] = z;
  }

  of(label: number): Box {
    const [x, y, z] = [3 * label, 3 * label + 1, 3 * label + 2];
    const corner = (of: Int32Array): Vec3 => [of[x], of[y], of[z]];
    return { low: corner(this.low), high: corner(this.high) };
  }
}

/** The box around boxes; that of the first voxel where there are none. */
function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { low: [0, 0, 0], high: [0, 0, 0] };
  const corner = (end: keyof Box, reach: (...values: number[]) => number): Vec3 => {
    const along = (axis: number) => reach(...boxes.map((box) => box[end][axis]));
    return [along(0), along(1), along(2)];
  };
  return { low: corner('low', Math.min), high: corner('high', Math.max) };
}
