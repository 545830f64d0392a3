import { packBits, popcount, type BitVolume } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';

/**
 * Euler characteristic of a mask, outside of the volume background: components − loops + cavities.
 *
 * With 26-connected foreground it is V − E + F − C of the union of closed voxel cubes (a vertex, edge or face
 * counts where any voxel next to it is foreground); with 6-connected foreground it is the number of voxels −
 * pairs that share a face + full 2×2 squares − full 2×2×2 cubes. Equals scikit-image's `euler_number`.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function eulerNumber(mask: Uint8Array, dims: Vec3, connectivity: 6 | 26): number {
  return eulerOfBits(packBits(mask, dims), connectivity);
}

/**
 * {@link eulerNumber} of a packed mask: counts of runs only.
 *
 * Summed along a row, vertices − edges of the lattice line between four rows a, b, c, d are the runs of their
 * union, and likewise for the lines in faces (two rows) and in voxels (one row); hence
 * χ26 = Σ runs(a|b|c|d) − runs(a|b) − runs(a|c) + runs(a), and dually
 * χ6 = Σ runs(a) − runs(a&b) − runs(a&c) + runs(a&b&c&d).
 */
export function eulerOfBits(volume: BitVolume, connectivity: 6 | 26): number {
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
