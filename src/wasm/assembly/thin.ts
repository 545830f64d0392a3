// Thinning of packed masks (src/volume/bits.ts) by peeling from six sides; what it computes is specified by
// src/skeleton/thinningPlain.ts.
//
// A sub-pass goes through the volume plane by plane: it looks for the candidates of a plane before anything in it
// or beside it goes, and lets them go a few planes later. The next sub-pass follows a few planes behind, so that
// all six work on planes that lie in the cache, and each needs the candidates of a few planes only.

import { isAtMostOneComponent, simpleInnerOfFour, simpleOfFour } from './neighbourhood';
import { countLeft } from './left';
import { fourSurroundings, surroundings } from './surroundings';
import {
  gather,
  mostOfPlane,
  occupied,
  pending,
  planeBytes,
  rowBytes,
  rowCount,
  rowsPerPlane,
  settle,
  touch,
  waitFor,
  words,
} from './thinPending';

export { startThinning } from './thinPending';

const ALL_ROWS: u64 = u64.MAX_VALUE;
const EVEN_ROWS: u64 = 0x00ff00ff00ff00ff;

/** Whether candidates go in fields by the parity of their indices. */
let inFields: bool = false;
/** Words of a plane that wait. */
let entries: usize = 0;
/** Candidates of a plane before they are tested. */
let positions: usize = 0;
/** Those that passed: for each sub-pass under way and the last four planes, a list for each field of a plane. */
let lists: usize = 0;
let listBytes: usize = 0;
/** Bytes of each of these lists that are in use. */
let lengths: usize = 0;

/**
 * List the pending voxels of a plane that lie bare on a side; they are pending no more. What lies beside a word is
 * made of the words at two distances, shifted.
 * @returns the end of the list
 */
function listBare(plane: usize, rows: u64, low: usize, right: u64, high: usize, left: u64): usize {
  const end = gather(plane, rows, entries);
  let to = positions;
  for (let e = entries; e < end; e += 4) {
    const w = <usize>load<u32>(e);
    const asked = load<u64>(w + pending) & load<u64>(w);
    const beside = (load<u64>(w + low) >> right) | (load<u64>(w + high) << left);
    store<u64>(w + pending, asked & beside);
    waitFor(w, asked & beside);
    let bare = asked & ~beside;
    const first = <u32>(w - words) << 3;
    const behind = to + (<usize>popcnt(bare) << 2);
    // Four at once, though they may be fewer: that needs no branch for each.
    do {
      store<u32>(to, first + <u32>ctz(bare));
      bare &= bare - 1;
      store<u32>(to, first + <u32>ctz(bare), 4);
      bare &= bare - 1;
      store<u32>(to, first + <u32>ctz(bare), 8);
      bare &= bare - 1;
      store<u32>(to, first + <u32>ctz(bare), 12);
      bare &= bare - 1;
      to += 16;
    } while (bare !== 0);
    to = behind;
  }
  return to;
}

/** Make a list whole fours with a voxel of the margin, so that it can be read by fours. */
// @ts-ignore: decorator
@inline
function fillUp(end: usize): void {
  const margin = <u32>(planeBytes + rowBytes) << 3;
  store<u32>(end, margin + 1);
  store<u32>(end, margin + 1, 4);
  store<u32>(end, margin + 1, 8);
}

// @ts-ignore: decorator
@inline
function listOf(track: usize, plane: usize): usize {
  return ((track << 2) | (plane & 3)) << (inFields ? 2 : 0);
}

let toEven: usize = 0;
let toOdd: usize = 0;

/** Append a position to the list of its field if it passes, without a branch. */
// @ts-ignore: decorator
@inline
function append(position: u32, passes: u32): void {
  store<u32>(toEven, position);
  if (inFields) {
    store<u32>(toOdd, position);
    toEven += (passes & ~position) << 2;
    toOdd += (passes & position) << 2;
  } else {
    toEven += passes << 2;
  }
}

/** Test the listed voxels four at a time and append those that may go to the lists from `list` on. */
function detect(end: usize, list: usize): void {
  fillUp(end);
  const even = lists + list * listBytes;
  const odd = even + listBytes;
  toEven = even;
  toOdd = odd;
  for (let at = positions; at < end; at += 16) {
    let passed = simpleInnerOfFour(fourSurroundings(at, words, rowBytes, planeBytes));
    if (end - at < 16) passed &= (1 << (<i32>(end - at) >> 2)) - 1;
    append(load<u32>(at), passed & 1);
    append(load<u32>(at, 4), (passed >> 1) & 1);
    append(load<u32>(at, 8), (passed >> 2) & 1);
    append(load<u32>(at, 12), passed >> 3);
  }
  store<u32>(lengths + (list << 2), <u32>(toEven - even));
  if (inFields) store<u32>(lengths + (list << 2), <u32>(toOdd - odd), 4);
}

/** Look for the candidates of a plane. */
function look(track: usize, plane: usize, low: usize, right: u64, high: usize, left: u64): void {
  if (inFields) {
    detect(listBare(plane, EVEN_ROWS, low, right, high, left), listOf(track, plane));
    detect(listBare(plane, ~EVEN_ROWS, low, right, high, left), listOf(track, plane) + 2);
  } else {
    detect(listBare(plane, ALL_ROWS, low, right, high, left), listOf(track, plane));
  }
}

// @ts-ignore: decorator
@inline
function remove(position: u32): void {
  const w = words + (<usize>(position >>> 6) << 3);
  const bit = (<u64>1) << <u64>(position & 63);
  store<u64>(w, load<u64>(w) & ~bit);
  touch(w, bit);
}

/** Delete the candidates of a plane one after the other, where one component of neighbours is left at most. */
function eraseInOrder(track: usize, plane: usize): u32 {
  const list = listOf(track, plane);
  const first = lists + list * listBytes;
  const end = first + load<u32>(lengths + (list << 2));
  let deleted: u32 = 0;
  for (let at = first; at < end; at += 4) {
    const position = load<u32>(at);
    if (!isAtMostOneComponent(surroundings(position, words, rowBytes, planeBytes))) continue;
    remove(position);
    deleted++;
  }
  return deleted;
}

/** Delete the candidates of a plane that are still simple, field by field: no two of a field touch. */
function eraseInFields(track: usize, plane: usize): u32 {
  let deleted: u32 = 0;
  for (let field: usize = 0; field < 4; field++) {
    const list = listOf(track, plane) + field;
    const first = lists + list * listBytes;
    const end = first + load<u32>(lengths + (list << 2));
    fillUp(end);
    for (let at = first; at < end; at += 16) {
      let passed = simpleOfFour(fourSurroundings(at, words, rowBytes, planeBytes));
      if (end - at < 16) passed &= (1 << (<i32>(end - at) >> 2)) - 1;
      deleted += popcnt(passed);
      for (; passed !== 0; passed &= passed - 1) remove(load<u32>(at + (<usize>ctz(passed) << 2)));
    }
  }
  return deleted;
}

/** A step of a sub-pass: candidates of one plane, deletions in those behind it; the number of deletions. */
function step(
  track: usize,
  plane: usize,
  low: usize,
  right: u64,
  high: usize,
  left: u64,
): u32 {
  if (plane < rowCount / rowsPerPlane) look(track, plane, low, right, high, left);
  if (!inFields) return plane > 1 ? eraseInOrder(track, plane - 1) : 0;
  // Planes of even number first: they have no neighbours among each other.
  if ((plane & 1) === 0 || plane === 1) return 0;
  return eraseInFields(track, plane - 1) + eraseInFields(track, plane - 2);
}

/** A step of the sub-pass from a side: y−, y+, z+, z−, x+ or x−. */
function stepFrom(side: i32, track: usize, plane: usize): u32 {
  switch (side) {
    case 0:
      return step(track, plane, -rowBytes, 0, -rowBytes, 0);
    case 1:
      return step(track, plane, rowBytes, 0, rowBytes, 0);
    case 2:
      return step(track, plane, 0, 1, 8, 63);
    case 3:
      return step(track, plane, -8, 63, 0, 1);
    case 4:
      return step(track, plane, planeBytes, 0, planeBytes, 0);
    default:
      return step(track, plane, -planeBytes, 0, -planeBytes, 0);
  }
}

/**
 * The sub-passes from some sides, one a few planes behind the other; the number of deletions.
 * @param settles whether to settle planes before the first
 * @param asked voxels that are then pending besides those that are
 */
function peel(sides: u32, settles: bool, asked: u64): u32 {
  const planes = rowCount / rowsPerPlane;
  const lag: usize = inFields ? 3 : 2;
  let deleted: u32 = 0;
  for (let front: usize = 1; front <= planes + <usize>popcnt(sides) * lag; front++) {
    if (settles && front < planes - 1) settle(front, asked, entries);
    let plane = front - 1;
    let track: usize = 0;
    for (let rest = sides; rest !== 0; rest &= rest - 1, track++, plane -= lag)
      if (plane - 1 < planes) deleted += stepFrom(ctz(rest), track, plane);
  }
  return deleted;
}

/**
 * Thin the packed mask of {@link startThinning} in place, and keep its occupied rows up to date.
 *
 * @param sides bit i is set where side i (y−, y+, z+, z−, x+, x−) is peeled
 * @param together whether the sub-passes follow each other closely; takes lists for each
 * @param fields whether candidates go in fields by parity, and where they are still simple only
 * @param capacity voxels that a list may hold
 * @param scratch see thinningCompiled.ts
 * @returns the number of voxels left
 */
export function thin(
  sides: u32,
  together: bool,
  fields: bool,
  capacity: i32,
  scratch: usize,
): i32 {
  inFields = fields;
  listBytes = 4 * <usize>capacity + 64;
  lengths = scratch;
  entries = lengths + 512;
  positions = entries + (planeBytes >> 1) + 64;
  lists = positions + 4 * <usize>mostOfPlane + 64;
  let asked = u64.MAX_VALUE;
  let deleted: u32;
  do {
    deleted = 0;
    let settles = true;
    for (let rest = sides; rest !== 0; settles = false) {
      const now = together ? rest : rest & -rest;
      deleted += peel(now, settles, asked);
      rest &= ~now;
    }
    asked = 0;
  } while (deleted !== 0);
  return countLeft(words, occupied, rowCount, rowBytes);
}
