import { popcount, type BitVolume } from '../volume/bits';

/**
 * The specification of `eulerNumber`: counts of runs only.
 *
 * Summed along a row, vertices − edges of the lattice line between four rows a, b, c, d are the runs of their
 * union, and likewise for the lines in faces (two rows) and in voxels (one row); hence
 * χ26 = Σ runs(a|b|c|d) − runs(a|b) − runs(a|c) + runs(a), and dually
 * χ6 = Σ runs(a) − runs(a&b) − runs(a&c) + runs(a&b&c&d).
 */
export function eulerPlain(volume: BitVolume, connectivity: 6 | 26): number {
  const { words, rowWords, rowsPerPlane, rowCount, occupied } = volume;
  const closed = connectivity === 26;
  const up = rowWords;
  const back = rowsPerPlane * rowWords;
  let euler = 0;
  for (let row = rowsPerPlane + 1; row < rowCount; row++) {
    const reached = closed
      ? occupied[row] |
        occupied[row - 1] |
        occupied[row - rowsPerPlane] |
        occupied[row - rowsPerPlane - 1]
      : occupied[row];
    if (reached === 0) continue;
    let carry1 = 0;
    let carryUp = 0;
    let carryBack = 0;
    let carry4 = 0;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) {
      const a = words[w];
      const b = words[w - up];
      const c = words[w - back];
      const d = words[w - back - up];
      const withUp = closed ? a | b : a & b;
      const withBack = closed ? a | c : a & c;
      const withAll = closed ? a | b | c | d : a & b & c & d;
      euler +=
        popcount(a & ~((a << 1) | carry1)) -
        popcount(withUp & ~((withUp << 1) | carryUp)) -
        popcount(withBack & ~((withBack << 1) | carryBack)) +
        popcount(withAll & ~((withAll << 1) | carry4));
      carry1 = a >>> 31;
      carryUp = withUp >>> 31;
      carryBack = withBack >>> 31;
      carry4 = withAll >>> 31;
    }
  }
  return euler;
}
