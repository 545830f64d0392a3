import type { BitVolume } from './bits';
import type { BoundaryNeighbours } from './boundary';
import { popcount } from './words';

/** Steps to the rows of a neighbourhood, in [rows, planes]. */
const ROWS = Object.freeze({
  8: [-1, 0, 1].map((y) => [y, 0] as const),
  26: [-1, 0, 1].flatMap((z) => [-1, 0, 1].map((y) => [y, z] as const)),
}) satisfies Readonly<Record<BoundaryNeighbours, unknown>>;

/** The specification of `boundaryOfBits` for a volume packed along x. */
export function boundaryPlain(volume: BitVolume, neighbours: BoundaryNeighbours): BitVolume {
  const { rowWords, rowsPerPlane, rowCount } = volume;
  const steps = ROWS[neighbours].map(([y, z]) => (y + z * rowsPerPlane) * rowWords);
  const words = new Int32Array(volume.words.length);
  const occupied = new Uint8Array(rowCount);
  let count = 0;
  /** Voxels of a word whose column of rows is all foreground; nothing beyond the ends of a row. */
  const columns = (row: number, k: number) =>
    k < 0 || k >= rowWords
      ? 0
      : steps.reduce((all, step) => all & volume.words[row * rowWords + k + step], -1);
  for (let row = rowsPerPlane; row < rowCount - rowsPerPlane; row++) {
    if (volume.occupied[row] === 0) continue;
    for (let k = 0; k < rowWords; k++) {
      const here = columns(row, k);
      const left = (here << 1) | (columns(row, k - 1) >>> 31);
      const right = (here >>> 1) | (columns(row, k + 1) << 31);
      const shell = volume.words[row * rowWords + k] & ~(here & left & right);
      words[row * rowWords + k] = shell;
      if (shell !== 0) occupied[row] = 1;
      count += popcount(shell);
    }
  }
  return { ...volume, words, occupied, count };
}
