import { lowestBit, popcount, type BitVolume } from '../volume/bits';
import type { Runs } from './runs';

/** The specification of `runsOf`. */
export function runsPlain({ words, rowWords, rowCount, occupied }: BitVolume): Runs {
  const rowFirst = new Uint32Array(rowCount + 1);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    rowFirst[row] = count;
    if (occupied[row] === 0) continue;
    let carry = 0;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) {
      const word = words[w];
      count += popcount(word & ~((word << 1) | carry));
      carry = word >>> 31;
    }
  }
  rowFirst[rowCount] = count;

  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  let started = 0;
  let ended = 0;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    let carry = 0;
    for (let k = 0; k < rowWords; k++) {
      const word = words[row * rowWords + k];
      const shifted = (word << 1) | carry;
      const x = 32 * k - 1; // bit 0 of a row is the margin
      for (let first = word & ~shifted; first !== 0; first &= first - 1)
        starts[started++] = x + lowestBit(first);
      for (let past = ~word & shifted; past !== 0; past &= past - 1)
        ends[ended++] = x + lowestBit(past);
      carry = word >>> 31;
    }
  }
  return { count, starts, ends, rowFirst };
}
