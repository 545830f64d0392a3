import { lowestBit, popcount, type BitVolume } from '../volume/bits';
import {
  isEnd,
  isOneComponent,
  isSimple,
  neighbourhoodAt,
  type Neighbourhood,
} from './neighbourhood';
import { RULES, sidesOf, type Side, type ThinningMode } from './thinningRules';

/** The specification of `skeletonOfBits`, for a volume packed along z. */
export function thinPlain(volume: BitVolume, mode: ThinningMode): BitVolume {
  const rules = RULES[mode];
  const sides = sidesOf(volume.dims, rules);
  const deletable = rules.inFields ? isSimple : isOneComponentOrNone;
  const thinned = { ...volume, words: volume.words.slice() };
  const { words } = thinned;
  const pending = words.slice(); // voxels whose surroundings changed since they were last tested
  const candidates = new Uint32Array(volume.count);
  let active = Uint32Array.from(occupiedWords(words));
  for (let changed = active.length > 0; changed;) {
    changed = false;
    for (const side of sides) {
      const found = findCandidates(thinned, pending, active, side, candidates);
      const ordered = candidates.subarray(0, found);
      if (rules.inFields) sortIntoFields(thinned, ordered);
      if (deleteCandidates(thinned, pending, ordered, deletable)) changed = true;
    }
    active = active.filter((w) => words[w] !== 0);
  }
  return withCount(thinned);
}

const isOneComponentOrNone = (neighbours: Neighbourhood): boolean =>
  neighbours === 0 || isOneComponent(neighbours);

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
  { axis, step }: Side,
  rowWords: number,
  planeWords: number,
): number {
  if (axis !== 2) return words[w + step * (axis === 1 ? rowWords : planeWords)];
  return step === 1
    ? (words[w] >>> 1) | (words[w + 1] << 31)
    : (words[w] << 1) | (words[w - 1] >>> 31);
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
  deletable: (neighbours: Neighbourhood) => boolean,
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

/** The volume with its count and its occupied rows as its words, some of which were cleared, now say. */
export function withCount(volume: BitVolume): BitVolume {
  const { words, rowWords } = volume;
  let count = 0;
  const occupied = volume.occupied.map((filled, row) => {
    if (filled === 0) return 0;
    const here = words
      .subarray(row * rowWords, (row + 1) * rowWords)
      .reduce((sum, word) => sum + popcount(word), 0);
    count += here;
    return here === 0 ? 0 : 1;
  });
  return { ...volume, occupied, count };
}
