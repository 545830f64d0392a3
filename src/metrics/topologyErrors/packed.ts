import { lowestBit, type BitVolume } from '../../volume/bits';

// Two masks of one layout, packed along x. Rows without foreground are never looked at.

/** Add the voxels of a mask to packed words. */
export function addTo(
  words: Int32Array,
  { words: added, occupied, rowCount, rowWords }: BitVolume,
): void {
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) words[w] |= added[w];
  }
}

/** The voxels of one mask outside another, as bit positions in raster order. */
export function positionsOutside(
  { words, occupied, rowCount, rowWords, count }: BitVolume,
  other: BitVolume,
): Uint32Array {
  const positions = new Uint32Array(count);
  let next = 0;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++)
      for (let rest = words[w] & ~other.words[w]; rest !== 0; rest &= rest - 1)
        positions[next++] = 32 * w + lowestBit(rest);
  }
  return positions.slice(0, next);
}
