import type { BitLayout, BitVolume } from './bits';
import { lowestBit, popcount } from './words';

/**
 * The specification of `packBits` along x.
 *
 * @param least bytes from this on are foreground
 */
export function packBitsPlain(mask: Uint8Array, layout: BitLayout, least = 1): BitVolume {
  const { dims, rowWords, rowsPerPlane, rowCount } = layout;
  const [nx, ny] = dims;
  const words = new Int32Array(rowCount * rowWords);
  const occupied = new Uint8Array(rowCount);
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] < least) continue;
    const line = Math.floor(i / nx);
    const z = Math.floor(line / ny);
    const row = (z + 1) * rowsPerPlane + (line - z * ny) + 1;
    const bit = i - line * nx + 1;
    words[row * rowWords + (bit >>> 5)] |= 1 << (bit & 31);
    occupied[row] = 1;
    count++;
  }
  return { ...layout, words, occupied, count };
}

/** The specification of `transposeBits`. */
export function transposeBitsPlain(from: BitVolume, layout: BitLayout): BitVolume {
  const { rowWords, rowsPerPlane, rowCount } = layout;
  const words = new Int32Array(rowCount * rowWords);
  const occupied = new Uint8Array(rowCount);
  for (let row = 0; row < from.rowCount; row++) {
    if (from.occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const inPlane = row - plane * rowsPerPlane;
    for (let k = 0; k < from.rowWords; k++) {
      for (let rest = from.words[row * from.rowWords + k]; rest !== 0; rest &= rest - 1) {
        const target = (32 * k + lowestBit(rest)) * rowsPerPlane + inPlane;
        words[target * rowWords + (plane >>> 5)] |= 1 << (plane & 31);
        occupied[target] = 1;
      }
    }
  }
  return { ...layout, words, occupied, count: from.count };
}

/** The specification of `countBoth`. */
export const countBothPlain = (a: Int32Array, b: Int32Array): number =>
  a.reduce((sum, word, w) => sum + popcount(word & b[w]), 0);
