import { lowestBit, popcount, type BitVolume } from '../../volume/bits';

// Two masks of one layout, packed along x. Rows without foreground are never looked at.

/** The voxels of either mask. */
export function unionOf(a: BitVolume, b: BitVolume): BitVolume {
  const words = a.words.slice();
  const occupied = a.occupied.slice();
  for (let row = 0; row < b.rowCount; row++) {
    if (b.occupied[row] === 0) continue;
    occupied[row] = 1;
    for (let w = row * b.rowWords; w < (row + 1) * b.rowWords; w++) words[w] |= b.words[w];
  }
  return { ...a, words, occupied };
}

/** The voxels of both masks. */
export function commonOf(a: BitVolume, b: BitVolume): BitVolume {
  const words = new Int32Array(a.words.length);
  const occupied = a.occupied.map((filled, row) => filled & b.occupied[row]);
  for (let row = 0; row < a.rowCount; row++) {
    if (occupied[row] === 0) continue;
    for (let w = row * a.rowWords; w < (row + 1) * a.rowWords; w++)
      words[w] = a.words[w] & b.words[w];
  }
  return { ...a, words, occupied };
}

/** The voxels of one mask outside another, as bit positions in raster order. */
export function positionsOutside(
  { words, occupied, rowCount, rowWords }: BitVolume,
  other: BitVolume,
): Uint32Array {
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) {
      const outside = words[w] & ~other.words[w];
      if (outside !== 0) count += popcount(outside);
    }
  }
  const positions = new Uint32Array(count);
  for (let row = 0, next = 0; next < count; row++) {
    if (occupied[row] === 0) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++)
      for (let rest = words[w] & ~other.words[w]; rest !== 0; rest &= rest - 1)
        positions[next++] = 32 * w + lowestBit(rest);
  }
  return positions;
}
