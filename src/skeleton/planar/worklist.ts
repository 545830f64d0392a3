import { packBits, unpackBits, type BitVolume } from '../../volume/bits';
import type { Vec2 } from './dims';

/**
 * A packed image under thinning by a cycle of passes, with the words that a pass has to look at: those near which
 * a pixel went within the last cycle. The others gave no deletion in this pass before, so they give none now.
 */
export class Worklist {
  readonly words: Int32Array;
  /** Words from a line to the next. */
  readonly row: number;
  /** The first {@link count} are the words to look at in this pass; all hold foreground. */
  readonly active: Int32Array;
  count = 0;

  private readonly volume: BitVolume;
  /** Pass in which a pixel went that was last in or beside a word. */
  private readonly touched: Int32Array;
  private pass = 0;

  /** @param cycle passes after which all begins anew */
  constructor(
    mask: Uint8Array,
    [nx, ny]: Vec2,
    private readonly cycle: number,
  ) {
    this.volume = packBits(mask, [nx, ny, 1]);
    const { words, rowWords } = this.volume;
    this.words = words;
    this.row = rowWords;
    this.active = new Int32Array(words.length);
    this.touched = new Int32Array(words.length).fill(-1);
    for (let w = 0; w < words.length; w++) if (words[w] !== 0) this.active[this.count++] = w;
  }

  /** Delete pixels of a word. Words that this brings into the list come behind those that were there. */
  delete(w: number, bits: number): void {
    const { words, row, active, touched, pass } = this;
    const unlisted = pass - this.cycle;
    const from = w - (bits & 1);
    const to = w + (bits >>> 31);
    words[w] &= ~bits;
    for (let line = -row; line <= row; line += row)
      for (let near = from + line; near <= to + line; near++) {
        if (touched[near] < unlisted && words[near] !== 0) active[this.count++] = near;
        touched[near] = pass;
      }
  }

  /** Go on to the next pass. */
  next(): void {
    const { words, active, touched } = this;
    const since = ++this.pass - this.cycle;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const w = active[i];
      if (touched[w] >= since && words[w] !== 0) active[kept++] = w;
    }
    this.count = kept;
  }

  /** What is left: 0 or 1, x fastest. */
  toMask(): Uint8Array {
    return unpackBits(this.volume);
  }
}
