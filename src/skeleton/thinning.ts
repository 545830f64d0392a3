import { lowestBit, packBits, popcount, unpackBits, type BitVolume } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import {
  isEnd,
  isOneComponent,
  isSimple,
  neighbourhoodAt,
  type Neighbourhood,
} from './neighbourhood';

/**
 * How a mask is thinned.
 * - `safe`: homotopic; components, loops and cavities of the skeleton are the mask's, and no component is lost.
 * - `compatible`: voxel for voxel scikit-image's `skeletonize` in 3-D (Lee, Kashyap & Chu 1994) with the array
 *   axes in the order (x, y, z). It deletes the last voxel of some components; for comparison with published
 *   numbers only.
 */
export type ThinningMode = 'safe' | 'compatible';

/** One side of a voxel, from which a sub-pass peels. */
type Side = 'y-' | 'y+' | 'z+' | 'z-' | 'x+' | 'x-';

/** Order of the sub-passes in an iteration, as in Lee's algorithm. */
const SIDES: readonly Side[] = Object.freeze(['y-', 'y+', 'z+', 'z-', 'x+', 'x-']);

interface Rules {
  /** Whether a candidate goes, once those before it in the sub-pass have gone. */
  readonly deletable: (neighbours: Neighbourhood) => boolean;
  /** Whether candidates go in eight fields by the parity of their indices, in raster order inside each. */
  readonly inFields: boolean;
  /** Whether an axis along which the volume is one voxel thick is peeled too. */
  readonly peelsFlat: (axis: 0 | 1 | 2) => boolean;
}

const RULES: Readonly<Record<ThinningMode, Rules>> = Object.freeze({
  // In raster order a vessel with an even number of voxels across is eaten from its end: each voxel of the
  // last two-wide layer becomes simple as the one before it goes. No two voxels of a field touch.
  safe: { deletable: isSimple, inFields: true, peelsFlat: () => false },
  compatible: {
    // No neighbour at all passes too: the flaw that loses components.
    deletable: (neighbours) => neighbours === 0 || isOneComponent(neighbours),
    inFields: false,
    peelsFlat: (axis) => axis !== 0,
  },
});

/**
 * The centerline of a mask, one voxel thin, by peeling it from six sides in turn until nothing changes. A voxel
 * goes where it lies on the border, ends no line, and its deletion changes no topology (26-connected
 * foreground, 6-connected background); ends of branches therefore stay.
 *
 * Loops stay as closed lines and cavities as closed sheets. Work grows with the foreground: a voxel that had to
 * stay is looked at again only when one of its 26 neighbours has gone.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @returns 0 or 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonize(mask: Uint8Array, dims: Vec3, mode: ThinningMode = 'safe'): Uint8Array {
  // Bits along z: the words then come in scikit-image's raster order, z fastest.
  return unpackBits(skeletonOfBits(packBits(mask, dims, 'z'), mode));
}

/**
 * {@link skeletonize} of a mask that is packed already.
 *
 * @param volume packed along z; it is not changed
 * @returns packed along z
 */
export function skeletonOfBits(volume: BitVolume, mode: ThinningMode = 'safe'): BitVolume {
  const words = volume.words.slice();
  thin({ ...volume, words }, RULES[mode]);
  const { rowCount, rowWords } = volume;
  const isOccupied = (row: number) =>
    words.subarray(row * rowWords, (row + 1) * rowWords).some((word) => word !== 0);
  const occupied = Uint8Array.from({ length: rowCount }, (_, row) =>
    volume.occupied[row] && isOccupied(row) ? 1 : 0,
  );
  const count = words.reduce((sum, word) => (word === 0 ? sum : sum + popcount(word)), 0);
  return { ...volume, words, occupied, count };
}

/** Thin a packed mask in place. */
function thin(volume: BitVolume, rules: Rules): void {
  const { words } = volume;
  const sides = SIDES.filter((side) => {
    const axis = (side.charCodeAt(0) - 'x'.charCodeAt(0)) as 0 | 1 | 2;
    return volume.dims[axis] > 1 || rules.peelsFlat(axis);
  });
  const pending = words.slice(); // voxels whose surroundings changed since they were last tested
  const candidates = new Uint32Array(volume.count);
  let active = Uint32Array.from(occupiedWords(words));
  for (let changed = active.length > 0; changed;) {
    changed = false;
    for (const side of sides) {
      const found = findCandidates(volume, pending, active, side, candidates);
      const ordered = candidates.subarray(0, found);
      if (rules.inFields) sortIntoFields(volume, ordered);
      if (deleteCandidates(volume, pending, ordered, rules)) changed = true;
    }
    active = active.filter((w) => words[w] !== 0);
  }
}

function* occupiedWords(words: Int32Array): Generator<number> {
  for (let w = 0; w < words.length; w++) if (words[w] !== 0) yield w;
}

/** Collect, in raster order, the voxels that lie bare on a side and may be deleted; their number. */
function findCandidates(
  { words, rowWords, rowsPerPlane }: BitVolume,
  pending: Int32Array,
  active: Uint32Array,
  side: Side,
  candidates: Uint32Array,
): number {
  const planeWords = rowsPerPlane * rowWords;
  let found = 0;
  for (let i = 0; i < active.length; i++) {
    const w = active[i];
    const waiting = words[w] & pending[w];
    if (waiting === 0) continue;
    let settled = 0;
    let bare = waiting & ~beside(words, w, side, rowWords, planeWords);
    for (; bare !== 0; bare &= bare - 1) {
      const bit = lowestBit(bare);
      const position = w * 32 + bit;
      const neighbours = neighbourhoodAt(words, position, rowWords, planeWords);
      if (!isEnd(neighbours) && isSimple(neighbours)) candidates[found++] = position;
      else settled |= 1 << bit;
    }
    pending[w] &= ~settled;
  }
  return found;
}

/** The neighbours on one side of the 32 voxels of a word. */
function beside(
  words: Int32Array,
  w: number,
  side: Side,
  rowWords: number,
  planeWords: number,
): number {
  switch (side) {
    case 'y-':
      return words[w - rowWords];
    case 'y+':
      return words[w + rowWords];
    case 'z+':
      return (words[w] >>> 1) | (words[w + 1] << 31);
    case 'z-':
      return (words[w] << 1) | (words[w - 1] >>> 31);
    case 'x+':
      return words[w + planeWords];
    case 'x-':
      return words[w - planeWords];
  }
}

/** Order positions by the parity of their three indices; raster order inside each of the eight fields. */
function sortIntoFields({ rowWords, rowsPerPlane }: BitVolume, positions: Uint32Array): void {
  const fields: number[][] = Array.from({ length: 8 }, () => []);
  for (const position of positions) {
    const row = Math.floor((position >>> 5) / rowWords);
    const plane = Math.floor(row / rowsPerPlane);
    const inPlane = row - plane * rowsPerPlane;
    fields[(position & 1) | ((inPlane & 1) << 1) | ((plane & 1) << 2)].push(position);
  }
  positions.set(fields.flat());
}

/** Delete the candidates that may still go, one after the other; whether any went. */
function deleteCandidates(
  { words, rowWords, rowsPerPlane }: BitVolume,
  pending: Int32Array,
  candidates: Uint32Array,
  { deletable }: Rules,
): boolean {
  const planeWords = rowsPerPlane * rowWords;
  let deleted = false;
  for (const position of candidates) {
    if (!deletable(neighbourhoodAt(words, position, rowWords, planeWords))) continue;
    words[position >>> 5] &= ~(1 << (position & 31));
    deleted = true;
    const shift = (position - 1) & 31;
    const first = (position - 1) >>> 5;
    const low = 7 << shift;
    const high = shift > 29 ? 7 >>> (32 - shift) : 0;
    for (let plane = -planeWords; plane <= planeWords; plane += planeWords)
      for (let row = -rowWords; row <= rowWords; row += rowWords) {
        const w = first + plane + row;
        pending[w] |= low;
        if (high !== 0) pending[w + 1] |= high;
      }
  }
  return deleted;
}
