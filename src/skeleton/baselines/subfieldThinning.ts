import { lowestBit, packBits, unpackBits, type BitVolume } from '../../volume/bits';
import type { Vec3 } from '../../volume/geometry';
import { keepsEuler, neighbourhoodAt, type Neighbourhood } from '../neighbourhood';
import { isSimpleByRules } from './bertrand';
import { checkIterations } from './checks';

/** How a voxel is found to be simple: by Bertrand's Boolean rules, or by the Euler characteristic alone. */
export type SimpleTest = 'boolean' | 'euler';

const TESTS: Readonly<Record<SimpleTest, (neighbours: Neighbourhood) => boolean>> = Object.freeze({
  boolean: isSimpleByRules,
  euler: keepsEuler,
});

/**
 * The thinning of Menten et al. 2023 ("A skeletonization algorithm for gradient-based optimization"), a baseline:
 * in each iteration the voxels of eight subfields by the parity of x, y and z, one subfield after the other, go
 * where they are simple and were no end (at most one neighbour among 26) when the iteration began.
 *
 * - `boolean` keeps the topology of the mask: no two voxels of a subfield touch.
 * - `euler` does not: an unchanged Euler characteristic lets a component go, or a loop open, where another is
 *   made.
 *
 * Voxel for voxel the published code for masks of 0 and 1, x, y, z being the image axes in its order (a flat
 * volume there has its single slice first). Left out: the random binarisation of other values, gradients, and its
 * refusal of dims of 2. Iterations after one that deletes nothing are not run. Too few iterations leave a skeleton
 * that is not thin; each takes about one voxel from all sides.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param iterations the published code takes 5 where nothing is said
 * @returns 0 or 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `skeleton.iterations`
 */
export function subfieldThinning(
  mask: Uint8Array,
  dims: Vec3,
  test: SimpleTest,
  iterations: number,
): Uint8Array {
  checkIterations(iterations);
  const volume = packBits(mask, dims);
  const pending = volume.words.slice();
  for (let left = iterations; left > 0 && iterate(volume, pending, TESTS[test]); left--);
  return unpackBits(volume);
}

/**
 * One iteration over the eight subfields; whether a voxel went.
 *
 * @param pending voxels whose surroundings changed since they were last tested; kept up to date
 */
function iterate(
  volume: BitVolume,
  pending: Int32Array,
  isSimple: (neighbours: Neighbourhood) => boolean,
): boolean {
  const { words, rowWords, rowsPerPlane } = volume;
  const planeWords = rowsPerPlane * rowWords;
  const before = words.slice();
  let changed = false;
  const visit = (w: number, inField: number) => {
    let rest = words[w] & pending[w] & inField;
    pending[w] &= ~rest;
    for (; rest !== 0; rest &= rest - 1) {
      const position = 32 * w + lowestBit(rest);
      const keeps =
        !isSimple(neighbourhoodAt(words, position, rowWords, planeWords)) ||
        isEndOrAlone(neighbourhoodAt(before, position, rowWords, planeWords));
      if (keeps) continue;
      words[w] &= ~(rest & -rest);
      markAround(pending, position, rowWords, planeWords);
      changed = true;
    }
  };
  for (let field = 0; field < 8; field++) eachWord(volume, field, visit);
  return changed;
}

const isEndOrAlone = (neighbours: Neighbourhood): boolean => (neighbours & (neighbours - 1)) === 0;

/** Visit the words that may hold voxels of a subfield, with the bits that are in it. */
function eachWord(
  { rowWords, rowsPerPlane, rowCount, occupied }: BitVolume,
  field: number,
  visit: (w: number, inField: number) => void,
): void {
  // The published code pads by one voxel as the packed form does: the first subfield holds even bits, rows, planes.
  const inField = (field & 1) === 0 ? 0x55555555 : ~0x55555555;
  for (let row = 0; row < rowCount; row++) {
    if (occupied[row] === 0) continue;
    const plane = Math.floor(row / rowsPerPlane);
    const inPlane = row - plane * rowsPerPlane;
    if ((inPlane & 1) !== ((field >> 1) & 1) || (plane & 1) !== field >> 2) continue;
    for (let w = row * rowWords; w < (row + 1) * rowWords; w++) visit(w, inField);
  }
}

/** Set the bits of a voxel and its 26 neighbours. */
function markAround(
  bits: Int32Array,
  position: number,
  rowWords: number,
  planeWords: number,
): void {
  const shift = (position - 1) & 31;
  const first = (position - 1) >>> 5;
  const low = 7 << shift;
  const high = shift > 29 ? 7 >>> (32 - shift) : 0;
  for (let plane = -planeWords; plane <= planeWords; plane += planeWords)
    for (let row = -rowWords; row <= rowWords; row += rowWords) {
      bits[first + plane + row] |= low;
      bits[first + plane + row + 1] |= high;
    }
}
