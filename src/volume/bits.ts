import { checkVoxels } from './checks';
import { InputError } from './errors';
import type { Vec3 } from './geometry';

/** The volume axis that lies along the bits of a word. */
export type BitAxis = 'x' | 'z';

/**
 * A mask with 32 voxels to a word, so that kernels work on words and skip empty rows.
 *
 * A row runs along the bit axis; rows of equal plane follow each other along y, planes along the third axis
 * (z for bit axis x, x for bit axis z). An empty voxel, row and plane surround the volume on all sides, so
 * no kernel needs a test for the border: voxel b of row r in plane p is bit (b+1) & 31 of word
 * ((p+1)·rowsPerPlane + r+1)·rowWords + ((b+1) >>> 5).
 */
export interface BitVolume {
  /** [nx, ny, nz] of the mask, without the margin. */
  readonly dims: Vec3;
  readonly axis: BitAxis;
  readonly words: Int32Array;
  readonly rowWords: number;
  /** Rows of a plane, margin included. */
  readonly rowsPerPlane: number;
  /** Rows of the volume, margins included. */
  readonly rowCount: number;
  /** 1 for each row that holds foreground. */
  readonly occupied: Uint8Array;
  /** Foreground voxels. */
  readonly count: number;
}

/** Bits are addressed by 32-bit numbers. */
const MAX_BITS = 2 ** 32;

/** Number of set bits of a 32-bit word. */
export function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Position of the lowest set bit of a word that is not 0. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/**
 * Pack a mask (x fastest, any value but 0 is foreground) along an axis.
 *
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function packBits(mask: Uint8Array, dims: Vec3, axis: BitAxis = 'x'): BitVolume {
  checkVoxels(mask, dims);
  const [nx, ny, nz] = dims;
  const [bits, planes] = axis === 'x' ? [nx, nz] : [nz, nx];
  const rowWords = ((bits + 1) >>> 5) + 1;
  const rowsPerPlane = ny + 2;
  const rowCount = (planes + 2) * rowsPerPlane;
  if (rowCount * rowWords * 32 > MAX_BITS)
    throw new InputError(
      'volume.too-large',
      `dims ${dims.join('×')} do not fit the packed form; crop or resample the volume first.`,
    );
  const words = new Int32Array(rowCount * rowWords);
  const occupied = new Uint8Array(rowCount);
  const alongX = axis === 'x';

  // Four voxels are looked at in one step: most of a vessel mask is empty.
  const aligned = mask.byteOffset % 4 === 0 ? mask : mask.slice();
  const quads = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const groups = Math.ceil(mask.length / 4);
  let count = 0;
  let lineStart = 0; // the x line of the volume that holds voxel i
  let lineEnd = 0;
  let row = 0;
  let slice = 0;
  for (let q = 0; q < groups; q++) {
    if (q < quads.length && quads[q] === 0) continue;
    const end = Math.min(4 * q + 4, mask.length);
    for (let i = 4 * q; i < end; i++) {
      if (aligned[i] === 0) continue;
      if (i >= lineEnd) {
        const line = Math.floor(i / nx);
        lineStart = line * nx;
        lineEnd = lineStart + nx;
        slice = Math.floor(line / ny) + 1;
        row = line - (slice - 1) * ny + 1;
      }
      const x = i - lineStart + 1;
      const at = alongX ? slice * rowsPerPlane + row : x * rowsPerPlane + row;
      const bit = alongX ? x : slice;
      words[at * rowWords + (bit >>> 5)] |= 1 << (bit & 31);
      occupied[at] = 1;
      count++;
    }
  }
  return { dims, axis, words, rowWords, rowsPerPlane, rowCount, occupied, count };
}

/** The mask (0 or 1, x fastest) of a packed volume; the inverse of {@link packBits}. */
export function unpackBits(volume: BitVolume): Uint8Array {
  const { dims, axis, words, rowWords, rowsPerPlane, rowCount, occupied } = volume;
  const [nx, ny, nz] = dims;
  const mask = new Uint8Array(nx * ny * nz);
  const bitStep = axis === 'x' ? 1 : nx * ny;
  const planeStep = axis === 'x' ? nx * ny : 1;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const first = (plane - 1) * planeStep + (row - plane * rowsPerPlane - 1) * nx - bitStep;
    for (let k = 0; k < rowWords; k++) {
      for (let word = words[row * rowWords + k]; word !== 0; word &= word - 1)
        mask[first + (32 * k + lowestBit(word)) * bitStep] = 1;
    }
  }
  return mask;
}
