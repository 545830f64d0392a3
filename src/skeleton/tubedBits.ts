import { popcount, type BitVolume } from '../volume/bits';

/**
 * The tubed skeleton of a packed mask: the voxels of the mask within city-block distance 2 of its skeleton, as
 * `tubeAround` finds them among bytes. Work grows with the skeleton, besides one look at the mask's rows.
 *
 * @param skeleton of the mask, packed along the same axis
 */
export function tubeOfBits(skeleton: BitVolume, mask: BitVolume): BitVolume {
  const { rowWords, rowsPerPlane: plane, rowCount } = mask;
  const words = new Int32Array(mask.words.length);
  // Rows that the ball cuts, and how far it reaches along each.
  const rows = [0, 1, -1, plane, -plane];
  rows.push(2, -2, 2 * plane, -2 * plane, plane + 1, plane - 1, 1 - plane, -1 - plane);
  const reach = [2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < rowCount; row++) {
    if (skeleton.occupied[row] === 0) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) {
      const word = skeleton.words[w];
      if (word === 0) continue;
      for (let k = 0; k < rows.length; k++) {
        // Beyond the first and the last plane of margins there is no row.
        if (mask.occupied[row + rows[k]] !== 1) continue;
        const target = w + rows[k] * rowWords;
        words[target] |= word;
        for (let steps = 1; steps <= reach[k]; steps++) {
          words[target] |= (word << steps) | (word >>> steps);
          // What leaves the row falls into margins.
          words[target + 1] |= word >>> (32 - steps);
          words[target - 1] |= word << (32 - steps);
        }
      }
    }
  }
  const occupied = new Uint8Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (mask.occupied[row] === 0) {
      // Its margins may have been written to.
      words.fill(0, row * rowWords, (row + 1) * rowWords);
      continue;
    }
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) {
      if (words[w] === 0) continue;
      words[w] &= mask.words[w];
      if (words[w] === 0) continue;
      occupied[row] = 1;
      count += popcount(words[w]);
    }
  }
  return { ...mask, words, occupied, count };
}
