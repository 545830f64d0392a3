import { lowestBit, type BitVolume } from '../volume/bits';
import { InputError } from '../volume/errors';

export type Scores = Uint8Array | Float32Array;

/** The rank of a voxel whose turn never comes. */
export const ANCHORED = 2 ** 32 - 1;

/** Scores by their order alone. */
export interface Ranks {
  /** Of each foreground voxel, in raster order: equal for equal scores, lower for lower ones, or ANCHORED. */
  readonly ranks: Uint32Array;
  /** Ranks are below this. */
  readonly levels: number;
}

/**
 * Ranks of the foreground's scores.
 *
 * @param volume packed along x
 * @param anchor voxels with this score or more are anchored
 * @throws InputError `thinning.score`, `thinning.score-length`
 */
export function rankScores(volume: BitVolume, score: Scores, anchor?: number): Ranks {
  const [nx, ny, nz] = volume.dims;
  if (score.length !== nx * ny * nz)
    throw new InputError(
      'thinning.score-length',
      `score has ${score.length} voxels and mask ${nx * ny * nz}; both must lie on one grid.`,
    );
  if (anchor !== undefined && Number.isNaN(anchor))
    throw new InputError('thinning.score', 'anchor is not a number.');
  const voxels = foreground(volume);
  const own = new Float32Array(voxels.length);
  for (let i = 0; i < own.length; i++) {
    own[i] = score[voxels[i]];
    if (Number.isNaN(own[i]))
      throw new InputError(
        'thinning.score',
        `score[${voxels[i]}], a voxel of the mask, is not a number.`,
      );
  }
  const ranked =
    score instanceof Uint8Array ? { ranks: Uint32Array.from(own), levels: 256 } : rank(own);
  // In the precision of the scores, so that 0.7 anchors a score of 0.7.
  const least = anchor === undefined ? NaN : Math.fround(anchor);
  for (let i = 0; i < own.length; i++) if (own[i] >= least) ranked.ranks[i] = ANCHORED;
  return ranked;
}

/** Linear indices of the foreground, rising. */
function foreground({ dims, words, rowWords, rowsPerPlane, rowCount, occupied, count }: BitVolume) {
  const [nx, ny] = dims;
  const voxels = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const first = (row - plane * rowsPerPlane - 1 + (plane - 1) * ny) * nx - 1;
    for (let k = 0; k < rowWords; k++)
      for (let word = words[row * rowWords + k]; word !== 0; word &= word - 1)
        voxels[found++] = first + 32 * k + lowestBit(word);
  }
  return voxels;
}

const DIGIT_BITS = 11;
const DIGIT = (1 << DIGIT_BITS) - 1;

/** Ranks by sorting the bits of the numbers, eleven at a time. */
function rank(values: Float32Array): Ranks {
  const { length } = values;
  const keys = orderedKeys(values);
  let order = new Uint32Array(length);
  let sorted = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = digitStarts(keys, shift);
    for (let k = 0; k < length; k++) {
      const i = order[k];
      sorted[starts[(keys[i] >>> shift) & DIGIT]++] = i;
    }
    [order, sorted] = [sorted, order];
  }
  const ranks = new Uint32Array(length);
  let level = 0;
  for (let k = 1; k < length; k++) {
    if (keys[order[k]] !== keys[order[k - 1]]) level++;
    ranks[order[k]] = level;
  }
  return { ranks, levels: level + 1 };
}

/** Where the keys with each digit begin when sorted by it. */
function digitStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGIT + 2);
  for (let i = 0; i < keys.length; i++) starts[((keys[i] >>> shift) & DIGIT) + 1]++;
  for (let digit = 1; digit <= DIGIT; digit++) starts[digit] += starts[digit - 1];
  return starts;
}

/** The bits of numbers, as whole numbers of the same order. */
function orderedKeys(values: Float32Array): Uint32Array {
  const keys = new Uint32Array(values.length);
  const floats = new Float32Array(keys.buffer);
  for (let i = 0; i < keys.length; i++) {
    // Adding 0 turns −0 into 0, which equals it.
    floats[i] = values[i] + 0;
    keys[i] = keys[i] >>> 31 ? ~keys[i] : keys[i] | 0x80000000;
  }
  return keys;
}
