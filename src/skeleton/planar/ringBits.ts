/**
 * Tests on the rings of the 32 pixels of a word at once; bit b of an answer is that of bit b of the word. Words
 * are those of a packed image with an empty margin; `row` is the number of words from a line to the next.
 */

/** Which pixels (foreground or not) are simple by their rings; see `isSimple`. */
export function simpleBits(words: Int32Array, w: number, row: number): number {
  const up = words[w - row];
  const down = words[w + row];
  const left = (words[w] << 1) | (words[w - 1] >>> 31);
  const right = (words[w] >>> 1) | (words[w + 1] << 31);
  const upLeft = (up << 1) | (words[w - row - 1] >>> 31);
  const upRight = (up >>> 1) | (words[w - row + 1] << 31);
  const downLeft = (down << 1) | (words[w + row - 1] >>> 31);
  const downRight = (down >>> 1) | (words[w + row + 1] << 31);
  // One for each stretch of background that ends behind a bare side.
  const a = ~up & (upRight | right);
  const b = ~right & (downRight | down);
  const c = ~down & (downLeft | left);
  const d = ~left & (upLeft | up);
  return (a ^ b ^ c ^ d) & ~((a & b) | (c & d));
}

/** Which pixels have two neighbours or more. */
export function joinedBits(words: Int32Array, w: number, row: number): number {
  let one = 0;
  let two = 0;
  for (let line = w - row; line <= w + row; line += row) {
    const here = words[line];
    const left = (here << 1) | (words[line - 1] >>> 31);
    const right = (here >>> 1) | (words[line + 1] << 31);
    two |= (left & right) | (one & (left | right));
    one |= left | right;
    if (line === w) continue;
    two |= one & here;
    one |= here;
  }
  return two;
}

/** Which pixels have a neighbour on a side (`SIDE` of ring.ts). */
export function besideBits(words: Int32Array, w: number, row: number, side: number): number {
  switch (side) {
    case 0:
      return words[w - row];
    case 2:
      return (words[w] >>> 1) | (words[w + 1] << 31);
    case 4:
      return words[w + row];
    default:
      return (words[w] << 1) | (words[w - 1] >>> 31);
  }
}

/** The 3×3 window around a pixel, line by line: bit 4 is the pixel. */
export function windowAt(words: Int32Array, w: number, bit: number, row: number): number {
  return (
    threeBits(words, w - row, bit) |
    (threeBits(words, w, bit) << 3) |
    (threeBits(words, w + row, bit) << 6)
  );
}

function threeBits(words: Int32Array, w: number, bit: number): number {
  if (bit === 0) return ((words[w] << 1) | (words[w - 1] >>> 31)) & 7;
  const low = words[w] >>> (bit - 1);
  return (bit === 31 ? low | (words[w + 1] << 2) : low) & 7;
}

/** Bits of a window in the order of a ring's bits. */
const RING_BITS = Object.freeze([1, 2, 5, 8, 7, 6, 3, 0]);

/** A value for each of the 512 windows, by their rings. */
export const windowTable = (value: (ring: number) => number): Uint8Array =>
  Uint8Array.from({ length: 512 }, (_, window) =>
    value(RING_BITS.reduce((ring, from, k) => ring | (((window >> from) & 1) << k), 0)),
  );
