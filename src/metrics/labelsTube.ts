import type { Labelmap } from '../topology/labelBetti';
import { lowestBit, type BitVolume } from '../volume/bits';
import type { Covered } from './labelsScore';

/**
 * Count the tubed skeleton of a labelmap by class, as Skeleton Recall Loss defines it: the tube of the merged
 * mask's skeleton, each voxel in the class that it has in the labelmap.
 *
 * @param tube packed along z
 * @param own labels of the tube's side
 * @param other labels of the other side, on the same grid
 */
export function countTube(
  { dims, words, rowWords, rowsPerPlane, rowCount, occupied }: BitVolume,
  own: Labelmap,
  other: Labelmap,
): ReadonlyMap<number, Covered> {
  const inTube = new Uint32Array(2 ** (8 * own.BYTES_PER_ELEMENT));
  const same = new Uint32Array(inTube.length);
  const [nx, ny] = dims;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const y = row - plane * rowsPerPlane - 1;
    const foot = y * nx + plane - 1 - nx * ny; // bit 0 is the margin
    for (let k = 0; k < rowWords; k++)
      for (let word = words[row * rowWords + k]; word !== 0; word &= word - 1) {
        const voxel = foot + (32 * k + lowestBit(word)) * nx * ny;
        const label = own[voxel];
        inTube[label]++;
        if (other[voxel] === label) same[label]++;
      }
  }
  const counts = new Map<number, Covered>();
  inTube.forEach((a, label) => {
    if (a > 0) counts.set(label, { a, both: same[label] });
  });
  return counts;
}
