import { popcount } from '../volume/bits';

/**
 * The 3×3×3 surroundings of a voxel as 27 bits: bit a + 3b + 9c is the neighbour at offset (a−1, b−1, c−1) along
 * the bit, row and plane axis of a BitVolume. The voxel itself, bit 13, is always 0 here.
 *
 * Tests on it take the foreground as 26-connected and the background as 6-connected.
 */
export type Neighbourhood = number;

/** The surroundings of the voxel at a bit position of packed words with an empty margin. */
export function neighbourhoodAt(
  words: Int32Array,
  position: number,
  rowWords: number,
  planeWords: number,
): Neighbourhood {
  const first = position - 1;
  const shift = first & 31;
  const here = first >>> 5;
  const below = here - planeWords;
  const above = here + planeWords;
  return (
    threeBits(words, below - rowWords, shift) |
    (threeBits(words, below, shift) << 3) |
    (threeBits(words, below + rowWords, shift) << 6) |
    (threeBits(words, here - rowWords, shift) << 9) |
    ((threeBits(words, here, shift) & 5) << 12) |
    (threeBits(words, here + rowWords, shift) << 15) |
    (threeBits(words, above - rowWords, shift) << 18) |
    (threeBits(words, above, shift) << 21) |
    (threeBits(words, above + rowWords, shift) << 24)
  );
}

function threeBits(words: Int32Array, word: number, shift: number): number {
  const low = words[word] >>> shift;
  return (shift < 30 ? low : low | (words[word + 1] << (32 - shift))) & 7;
}

// Bits that a step along an axis may land on: all but those that wrapped around from the next line. The step
// down keeps bits 0–26 only, the step up drops what leaves the cube.
const FROM_LEFT = 0b110110110110110110110110110; // a > 0
const FROM_RIGHT = 0b011011011011011011011011011; // a < 2
const FROM_FRONT = 0b111111000111111000111111000; // b > 0
const FROM_BACK = 0b000111111000111111000111111; // b < 2

/** Whether the neighbours form one 26-connected component (false where there are none). */
export function isOneComponent(neighbours: Neighbourhood): boolean {
  let reached = neighbours & -neighbours;
  if (reached === 0) return false;
  for (;;) {
    let grown = reached | ((reached << 1) & FROM_LEFT) | ((reached >>> 1) & FROM_RIGHT);
    grown |= ((grown << 3) & FROM_FRONT) | ((grown >>> 3) & FROM_BACK);
    grown = (grown | (grown << 9) | (grown >>> 9)) & neighbours;
    if (grown === neighbours) return true;
    if (grown === reached) return false;
    reached = grown;
  }
}

// First voxels (a, b, c ∈ {0, 1}, or 1 along the axis of an edge) of the 2×2×2 and 2×2 blocks around the eight
// corners, the edges along each axis, and the neighbours behind the six faces.
const CORNERS = 0b11011000011011;
const EDGES_PLANE = 0b11011000000000; // edges along the plane axis: c = 1
const EDGES_ROW = 0b11000000011000; // along the row axis: b = 1
const EDGES_BIT = 0b10010000010010; // along the bit axis: a = 1
const FACES = (1 << 4) | (1 << 10) | (1 << 12) | (1 << 14) | (1 << 16) | (1 << 22);

/**
 * Whether deleting the voxel leaves the 26-connected Euler characteristic as it is. The voxel's closed cube
 * shares with its neighbours v corners, e edges and f faces; what it adds is 1 − (v − e + f), so the answer is
 * v − e + f = 1.
 */
export function keepsEuler(neighbours: Neighbourhood): boolean {
  const pairsBit = neighbours | (neighbours >>> 1);
  const pairsRow = neighbours | (neighbours >>> 3);
  const squares = pairsBit | (pairsBit >>> 3);
  // Disjoint places in one word each, so that two counts do for five.
  const cornersAndFaces = ((squares | (squares >>> 9)) & CORNERS) | ((neighbours & FACES) << 4);
  const edges =
    (squares & EDGES_PLANE) |
    (((pairsBit | (pairsBit >>> 9)) & EDGES_ROW) << 13) |
    (((pairsRow | (pairsRow >>> 9)) & EDGES_BIT) << 1);
  return popcount(cornersAndFaces) - popcount(edges) === 1;
}

/**
 * Whether the voxel is simple: its deletion changes neither components nor loops nor cavities (Bertrand &
 * Malandain 1994). One component among the neighbours and an unchanged Euler characteristic say the same.
 */
export const isSimple = (neighbours: Neighbourhood): boolean =>
  keepsEuler(neighbours) && isOneComponent(neighbours);

/** Whether the voxel ends a line: it has one neighbour. */
export const isEnd = (neighbours: Neighbourhood): boolean =>
  neighbours !== 0 && (neighbours & (neighbours - 1)) === 0;
