// The tests of src/skeleton/neighbourhood.ts, for one voxel and for four at a time. The 3×3×3 surroundings of a
// voxel are 27 bits: bit a + 3b + 9c is the neighbour at offset (a−1, b−1, c−1) along bits, rows and planes; the
// voxel itself, bit 13, is 0.

// Where a step along an axis may land; the rest has wrapped around from the next line, or left the cube.
const FROM_LEFT: i32 = 0b110110110110110110110110110;
const FROM_RIGHT: i32 = 0b011011011011011011011011011;
const FROM_FRONT: i32 = 0b111111000111111000111111000;
const FROM_BACK: i32 = 0b000111111000111111000111111;

const CORNERS: i32 = 0b11011000011011;
const EDGES_PLANE: i32 = 0b11011000000000;
const EDGES_ROW: i32 = 0b11000000011000;
const EDGES_BIT: i32 = 0b10010000010010;
const FACES: i32 = (1 << 4) | (1 << 10) | (1 << 12) | (1 << 14) | (1 << 16) | (1 << 22);

// @ts-ignore: decorator
@inline
function grow(reached: i32): i32 {
  const inLine = reached | ((reached << 1) & FROM_LEFT) | ((reached >>> 1) & FROM_RIGHT);
  const inPlane = inLine | ((inLine << 3) & FROM_FRONT) | ((inLine >>> 3) & FROM_BACK);
  return inPlane | (inPlane << 9) | (inPlane >>> 9);
}

/** Whether the neighbours form at most one 26-connected component. */
// @ts-ignore: decorator
@inline
export function isAtMostOneComponent(neighbours: i32): bool {
  // A neighbour behind a face touches most others; two steps, without a branch, then mostly reach all.
  const faces = neighbours & FACES;
  const seeds = faces !== 0 ? faces : neighbours;
  let reached = grow(seeds & -seeds) & neighbours;
  reached = grow(reached) & neighbours;
  while (reached !== neighbours) {
    const grown = grow(reached) & neighbours;
    if (grown === reached) return false;
    reached = grown;
  }
  return true;
}

/** Whether deleting the voxel keeps the Euler characteristic. */
// @ts-ignore: decorator
@inline
function keepsEuler(neighbours: i32): bool {
  const pairsBit = neighbours | (neighbours >>> 1);
  const pairsRow = neighbours | (neighbours >>> 3);
  const squares = pairsBit | (pairsBit >>> 3);
  const cornersAndFaces =
    ((squares | (squares >>> 9)) & CORNERS) | ((neighbours & FACES) << 4);
  const edges =
    (squares & EDGES_PLANE) |
    (((pairsBit | (pairsBit >>> 9)) & EDGES_ROW) << 13) |
    (((pairsRow | (pairsRow >>> 9)) & EDGES_BIT) << 1);
  return popcnt(cornersAndFaces) - popcnt(edges) === 1;
}

/** Whether the voxel is simple. */
// @ts-ignore: decorator
@inline
export function isSimple(neighbours: i32): bool {
  // Without neighbours the Euler characteristic would change.
  return keepsEuler(neighbours) && isAtMostOneComponent(neighbours);
}

// @ts-ignore: decorator
@inline
function growFour(reached: v128): v128 {
  const inLine = v128.or(
    reached,
    v128.or(
      v128.and(i32x4.shl(reached, 1), i32x4.splat(FROM_LEFT)),
      v128.and(i32x4.shr_u(reached, 1), i32x4.splat(FROM_RIGHT)),
    ),
  );
  const inPlane = v128.or(
    inLine,
    v128.or(
      v128.and(i32x4.shl(inLine, 3), i32x4.splat(FROM_FRONT)),
      v128.and(i32x4.shr_u(inLine, 3), i32x4.splat(FROM_BACK)),
    ),
  );
  return v128.or(inPlane, v128.or(i32x4.shl(inPlane, 9), i32x4.shr_u(inPlane, 9)));
}

/** For four surroundings at once: all bits of a lane where the neighbours form at most one component. */
// @ts-ignore: decorator
@inline
function areAtMostOneComponent(neighbours: v128): v128 {
  const faces = v128.and(neighbours, i32x4.splat(FACES));
  const lowest = v128.and(neighbours, i32x4.neg(neighbours));
  let reached = v128.or(
    v128.and(faces, i32x4.neg(faces)),
    v128.and(i32x4.eq(faces, i32x4.splat(0)), lowest),
  );
  reached = v128.and(growFour(reached), neighbours);
  reached = v128.and(growFour(reached), neighbours);
  let before: v128;
  do {
    before = reached;
    reached = v128.and(growFour(reached), neighbours);
  } while (v128.any_true(v128.xor(reached, before)));
  return i32x4.eq(reached, neighbours);
}

// @ts-ignore: decorator
@inline
function bitsOfFour(words: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(i8x16.popcnt(words)));
}

/** For four surroundings at once: all bits of a lane where deleting the voxel keeps the Euler characteristic. */
// @ts-ignore: decorator
@inline
function keepEuler(neighbours: v128): v128 {
  const pairsBit = v128.or(neighbours, i32x4.shr_u(neighbours, 1));
  const pairsRow = v128.or(neighbours, i32x4.shr_u(neighbours, 3));
  const squares = v128.or(pairsBit, i32x4.shr_u(pairsBit, 3));
  const corners = v128.or(squares, i32x4.shr_u(squares, 9));
  const edgesRow = v128.or(pairsBit, i32x4.shr_u(pairsBit, 9));
  const edgesBit = v128.or(pairsRow, i32x4.shr_u(pairsRow, 9));
  const cornersAndFaces = v128.or(
    v128.and(corners, i32x4.splat(CORNERS)),
    i32x4.shl(v128.and(neighbours, i32x4.splat(FACES)), 4),
  );
  const edges = v128.or(
    v128.and(squares, i32x4.splat(EDGES_PLANE)),
    v128.or(
      i32x4.shl(v128.and(edgesRow, i32x4.splat(EDGES_ROW)), 13),
      i32x4.shl(v128.and(edgesBit, i32x4.splat(EDGES_BIT)), 1),
    ),
  );
  return i32x4.eq(i32x4.sub(bitsOfFour(cornersAndFaces), bitsOfFour(edges)), i32x4.splat(1));
}

/** For four surroundings at once: bit i is set where the voxel of number i is simple. */
// @ts-ignore: decorator
@inline
export function simpleOfFour(neighbours: v128): i32 {
  // Without neighbours the Euler characteristic would change.
  return i32x4.bitmask(v128.and(keepEuler(neighbours), areAtMostOneComponent(neighbours)));
}

/** The same where the voxel must have two neighbours or more: the ends of lines stay. */
// @ts-ignore: decorator
@inline
export function simpleInnerOfFour(neighbours: v128): i32 {
  const others = v128.and(neighbours, i32x4.sub(neighbours, i32x4.splat(1)));
  return simpleOfFour(neighbours) & i32x4.bitmask(i32x4.ne(others, i32x4.splat(0)));
}
