// Betti numbers from runs (lists as in runs.ts), two planes at a time, so that memory never grows with the mask.
//
// A window holds the plane in hand, indices from 0, and the one before, indices from `capacity`. Sets join the
// runs (foreground, 26-connected) and the gaps between two runs of a row (background, 6-connected); gap i + 1
// lies behind run i, set 0 is the outside. The plane in hand has the smaller indices, so it stands for every
// set that it shares with the plane before, which can then be forgotten.
//
// Totals are three i32: components, cavities, Euler characteristic.

import { aloneEach, find, unite } from './sets';

// @ts-ignore: decorator
@inline
function startOf(runs: usize, run: u32): i32 {
  return load<i32>(runs + (<usize>run << 3));
}

// @ts-ignore: decorator
@inline
function endOf(runs: usize, run: u32): i32 {
  return load<i32>(runs + (<usize>run << 3), 4);
}

// @ts-ignore: decorator
@inline
function add(total: usize, value: i32): void {
  store<i32>(total, load<i32>(total) + value);
}

/**
 * The plane in hand becomes the one before; its place is made ready for `next` runs and holds no row yet.
 *
 * @param listed rows of the plane in hand
 * @param count its runs
 */
export function turnPlane(
  rows: usize,
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  capacity: u32,
  listed: i32,
  count: u32,
  next: u32,
): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u32>(pieces + (<usize>(capacity + i) << 2), capacity + find(pieces, i));
    const gap = find(gaps, i + 1);
    store<u32>(gaps + (<usize>(capacity + i + 1) << 2), gap === 0 ? 0 : capacity + gap);
  }
  aloneEach(pieces, 0, next);
  aloneEach(gaps, 0, next + 1);
  memory.copy(runs + (<usize>capacity << 3), runs, <usize>count << 3);
  memory.copy(sides + <usize>capacity, sides, count);
  memory.fill(sides, 0, next);
  const before = rows + (<usize>(capacity + 1) << 3);
  for (let row: usize = 0; row <= <usize>listed; row++) {
    store<i32>(before + (row << 3), load<i32>(rows + (row << 3)));
    store<u32>(before + (row << 3), capacity + load<u32>(rows + (row << 3), 4), 4);
  }
  store<i32>(rows, -1);
  store<u32>(rows, 0, 4);
}

/**
 * Join two rows, taking their runs by rising start (of two that start together the one of row B, which
 * precedes). A run touches the row beside it exactly where the last run taken there ends at its start or
 * behind; it notes on which of its sides. Rows that share a face also join the gaps in front of a start that
 * no run reaches.
 */
// @ts-ignore: decorator
@inline
function joinRows(
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  totals: usize,
  rowA: usize,
  rowB: usize,
  sideOfA: i32,
  sideOfB: i32,
  shareFace: bool,
): void {
  const firstA = load<u32>(rowA, 4);
  const firstB = load<u32>(rowB, 4);
  const endA = load<u32>(rowA, 12);
  const endB = load<u32>(rowB, 12);
  let a = firstA;
  let b = firstB;
  let fromA = startOf(runs, a);
  let fromB = startOf(runs, b);
  let toA = i32.MIN_VALUE;
  let toB = i32.MIN_VALUE;
  while (true) {
    const isA = fromA < fromB;
    const from = isA ? fromA : fromB;
    if (from === i32.MAX_VALUE) return; // behind the last run of both
    if (shareFace && from > max(toA, toB)) {
      const gapA = a === firstA || a === endA ? 0 : a;
      const gapB = b === firstB || b === endB ? 0 : b;
      if (unite(gaps, gapA, gapB)) add(totals + 4, -1);
    }
    if (isA) {
      if (from <= toB) {
        const side = sides + <usize>a;
        store<u8>(side, load<u8>(side) | sideOfA);
        if (unite(pieces, a, b - 1)) add(totals, -1);
      }
      toA = endOf(runs, a);
      fromA = ++a === endA ? i32.MAX_VALUE : startOf(runs, a);
    } else {
      if (from <= toA) {
        const side = sides + <usize>b;
        store<u8>(side, load<u8>(side) | sideOfB);
        if (unite(pieces, a - 1, b)) add(totals, -1);
      }
      toB = endOf(runs, b);
      fromB = ++b === endB ? i32.MAX_VALUE : startOf(runs, b);
    }
  }
}

/** {@link joinRows} of rows that share a face: b is face `side` of a, and a face `side + 2` of b. */
function joinFaces(
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  totals: usize,
  a: usize,
  b: usize,
  side: i32,
): void {
  joinRows(runs, pieces, gaps, sides, totals, a, b, 1 << side, 4 << side, true);
}

/** {@link joinRows} of rows that share an edge. */
function joinEdges(
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  totals: usize,
  a: usize,
  b: usize,
  side: i32,
): void {
  joinRows(runs, pieces, gaps, sides, totals, a, b, 16 << side, 64 << side, false);
}

/** Join all gaps of a row with the outside: a row beside it is empty. */
function openGaps(gaps: usize, totals: usize, row: usize): void {
  for (let gap = load<u32>(row, 4) + 1; gap < load<u32>(row, 12); gap++)
    if (unite(gaps, gap, 0)) add(totals + 4, -1);
}

/**
 * What runs add to the Euler characteristic once all rows around them are joined.
 *
 * χ26 = Σ runs(a|b|c|d) − runs(a|b) − runs(a|c) + runs(a) over the lattice lines between four rows, in faces and
 * in rows (src/topology/eulerPlain.ts). A run begins one of a union unless another run of it reaches its start,
 * so each counts 4 corners − 4 faces + 1, less those from which its start is reached. Bits 0–3 of its sides are
 * the faces in order around the row, bit 4 + i is the edge between faces i and i + 1.
 */
function eulerOf(sides: usize, count: u32): i32 {
  let euler: i32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const reached = <u32>load<u8>(sides + <usize>i);
    const faces = reached & 15;
    const corners = (reached >> 4) | faces | (faces >> 1) | ((faces << 3) & 8);
    euler += 1 + <i32>popcnt(faces) - <i32>popcnt(corners);
  }
  return euler;
}

/**
 * Join the rows of the plane in hand with each other and with the plane before, and add to the totals. They
 * are right once an empty plane has followed the last.
 *
 * @param here the rows of the plane in hand, to `hereEnd`
 * @param before the rows of the plane before, to `beforeEnd`
 */
export function joinPlanes(
  here: usize,
  hereEnd: usize,
  before: usize,
  beforeEnd: usize,
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  totals: usize,
): void {
  const count = <i32>(load<u32>(hereEnd, 4) - load<u32>(here, 4));
  add(totals, count);
  add(totals + 4, count - (<i32>(hereEnd - here) >> 3));
  let behind = before;
  for (let row = here; row < hereEnd; row += 8) {
    const y = load<i32>(row);
    if (row > here && load<i32>(row - 8) === y - 1) {
      joinFaces(runs, pieces, gaps, sides, totals, row, row - 8, 0);
    } else {
      if (row > here) openGaps(gaps, totals, row - 8);
      openGaps(gaps, totals, row);
    }
    for (; behind < beforeEnd && load<i32>(behind) < y; behind += 8)
      openGaps(gaps, totals, behind);
    if (behind > before && load<i32>(behind - 8) === y - 1)
      joinEdges(runs, pieces, gaps, sides, totals, row, behind - 8, 0);
    if (behind < beforeEnd && load<i32>(behind) === y) {
      joinFaces(runs, pieces, gaps, sides, totals, row, behind, 1);
      behind += 8;
    } else openGaps(gaps, totals, row);
    if (behind < beforeEnd && load<i32>(behind) === y + 1)
      joinEdges(runs, pieces, gaps, sides, totals, row, behind, 1);
  }
  if (hereEnd > here) openGaps(gaps, totals, hereEnd - 8);
  for (; behind < beforeEnd; behind += 8) openGaps(gaps, totals, behind);

  const first = load<u32>(before, 4);
  add(totals + 8, eulerOf(sides + <usize>first, load<u32>(beforeEnd, 4) - first));
}
