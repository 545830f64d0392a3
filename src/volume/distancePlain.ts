import type { BitVolume } from './bits';
import { rowSteps, type RowSteps } from './distanceRows';
import type { Vec3 } from './geometry';
import { lowestBit } from './words';

/** The voxels to which distances are measured. */
export type Sites = 'foreground' | 'background';

/**
 * The specification of distances: from each voxel, rows are visited in the order of their distance, until the next
 * is farther than the best voxel so far. Without sites all distances are Infinity.
 *
 * Sums of squares add x, y and z in this order, as numpy does: the compiled kernels give the same bits.
 *
 * @param volume packed along x
 */
export function distancesPlain(
  volume: BitVolume,
  sites: Sites,
  spacing: Vec3,
  voxels: Uint32Array,
): Float32Array {
  const [nx, ny, nz] = volume.dims;
  const words = sites === 'foreground' ? volume.words : complement(volume);
  const rows = new GrowingRows(volume.dims, spacing);
  return Float32Array.from(voxels, (voxel) => {
    const line = Math.floor(voxel / nx);
    const x = voxel - line * nx;
    const z = Math.floor(line / ny);
    const y = line - z * ny;
    let best = Infinity;
    for (let i = 0; rows.has(i) && rows.steps.squares[3 * i + 2] < best; i++) {
      const [rowY, rowZ] = [y + rows.steps.dy[i], z + rows.steps.dz[i]];
      if (rowY < 0 || rowY >= ny || rowZ < 0 || rowZ >= nz) continue;
      const row = (rowZ + 1) * volume.rowsPerPlane + rowY + 1;
      const along = spacing[0] * stepsToSite(words, row * volume.rowWords, volume.rowWords, x + 1);
      best = Math.min(
        best,
        along * along + rows.steps.squares[3 * i] + rows.steps.squares[3 * i + 1],
      );
    }
    return Math.sqrt(best);
  });
}

/** The background of a packed mask; the margin stays empty. */
function complement({ words, rowWords, rowsPerPlane, dims: [nx, ny, nz] }: BitVolume): Int32Array {
  const background = new Int32Array(words.length);
  for (let z = 1; z <= nz; z++)
    for (let y = 1; y <= ny; y++) {
      const row = (z * rowsPerPlane + y) * rowWords;
      for (let k = 0; k <= nx >>> 5; k++) background[row + k] = ~words[row + k];
      background[row] &= ~1;
      background[row + (nx >>> 5)] &= -1 >>> (31 - (nx & 31));
    }
  return background;
}

/** Steps from a bit of a row to the nearest that is set, or Infinity. */
function stepsToSite(words: Int32Array, row: number, rowWords: number, bit: number): number {
  const home = bit >>> 5;
  let right = home;
  let word = words[row + home] & (-1 << (bit & 31));
  while (word === 0 && ++right < rowWords) word = words[row + right];
  const ahead = word === 0 ? Infinity : 32 * right + lowestBit(word) - bit;

  let left = home;
  word = words[row + home] & (-1 >>> (31 - (bit & 31)));
  while (word === 0 && --left >= 0) word = words[row + left];
  const behind = word === 0 ? Infinity : bit - (32 * left + 31 - Math.clz32(word));
  return Math.min(ahead, behind);
}

/** Steps between rows; the list grows as far as someone reads. */
class GrowingRows {
  steps: RowSteps;
  private radius: number;

  constructor(
    private readonly dims: Vec3,
    private readonly spacing: Vec3,
  ) {
    this.radius = 4 * Math.max(spacing[1], spacing[2]);
    this.steps = rowSteps(dims, spacing, this.radius);
  }

  /** Whether there is a step number i. */
  has(i: number): boolean {
    const [, ny, nz] = this.dims;
    const [, sy, sz] = this.spacing;
    while (i >= this.steps.dy.length && this.radius < Math.hypot(ny * sy, nz * sz)) {
      this.radius *= 2;
      this.steps = rowSteps(this.dims, this.spacing, this.radius);
    }
    return i < this.steps.dy.length;
  }
}
