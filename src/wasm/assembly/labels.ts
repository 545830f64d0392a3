// Runs of a labelmap: maximal stretches of one label along x, 0 left out. They are listed row by row first (four
// i32 each: first x, one past the last, y, label), then sorted by label into run and row lists as in runs.ts, so
// that each label has a section of them. A directory of sections takes two i32 for each: label, first row; one
// entry more closes it.

import { joinPlanes } from './betti';

/** Bits of 16 bytes of labels: 1 where a label is another than the one in front of it. */
// @ts-ignore: decorator
@inline
function sixteen8(at: usize): u64 {
  return <u64>i8x16.bitmask(i8x16.ne(v128.load(at), v128.load(at - 1)));
}

// @ts-ignore: decorator
@inline
function eight16(at: usize): v128 {
  return i16x8.ne(v128.load(at), v128.load(at - 2));
}

/** 16 labels of 16 bits. */
// @ts-ignore: decorator
@inline
function sixteen16(at: usize): u64 {
  return <u64>i8x16.bitmask(i8x16.narrow_i16x8_s(eight16(at), eight16(at + 16)));
}

// @ts-ignore: decorator
@inline
function changesAt<T>(at: usize): u64 {
  return sizeof<T>() === 1 ? sixteen8(at) : sixteen16(at);
}

/**
 * Note where the label changes along rows, 0 before and behind each: bit x of a row, nx included. Reads up to
 * 30 bytes past the labels and one label in front of them.
 *
 * @param words rowBytes for each row
 * @returns how often the label changes
 */
function changes<T>(labels: usize, nx: i32, ny: i32, words: usize, rowBytes: i32): i32 {
  const size = <usize>sizeof<T>();
  let count: i32 = 0;
  for (let y = 0; y < ny; y++) {
    const row = labels + <usize>y * <usize>nx * size;
    let to = words + <usize>y * <usize>rowBytes;
    // Before the first voxel lies the end of another row.
    let differs: u64 = ~1;
    let word: u64 = load<T>(row) !== 0 ? 1 : 0;
    for (let x = 0; x < nx; x += 64) {
      const at = row + <usize>x * size;
      let found = changesAt<T>(at);
      if (nx - x > 16) found |= changesAt<T>(at + 16 * size) << 16;
      if (nx - x > 32) found |= changesAt<T>(at + 32 * size) << 32;
      if (nx - x > 48) found |= changesAt<T>(at + 48 * size) << 48;
      if (nx - x < 64) found &= (1 << <u64>(nx - x)) - 1;
      word |= found & differs;
      differs = ~0;
      store<u64>(to, word);
      count += <i32>popcnt(word);
      word = 0;
      to += 8;
    }
    if (load<T>(row + <usize>(nx - 1) * size) !== 0) {
      const last = words + <usize>y * <usize>rowBytes + (<usize>(nx >> 6) << 3);
      const past: u64 = (nx & 63) === 0 ? 0 : load<u64>(last);
      store<u64>(last, past | (1 << <u64>(nx & 63)));
      count++;
    } else if ((nx & 63) === 0) store<u64>(to, 0);
  }
  return count;
}

export function changesOf8(labels: usize, nx: i32, ny: i32, words: usize, rowBytes: i32): i32 {
  return changes<u8>(labels, nx, ny, words, rowBytes);
}

export function changesOf16(labels: usize, nx: i32, ny: i32, words: usize, rowBytes: i32): i32 {
  return changes<u16>(labels, nx, ny, words, rowBytes);
}

/**
 * List the runs of rows by their changes.
 *
 * @param y0 the y of the first row
 * @param list where the list goes on
 * @param pieces an i32 to which the number of runs of foreground is added: those of any labels, side by side
 * @returns where the list ends
 */
function listed<T>(
  labels: usize,
  nx: i32,
  ny: i32,
  words: usize,
  rowBytes: i32,
  y0: i32,
  list: usize,
  pieces: usize,
): usize {
  let to = list;
  let begun: i32 = 0;
  for (let y = 0; y < ny; y++) {
    const row = labels + <usize>y * <usize>nx * <usize>sizeof<T>();
    const from = words + <usize>y * <usize>rowBytes;
    let label: u32 = 0;
    for (let k: usize = 0; k < <usize>rowBytes; k += 8)
      for (let rest = load<u64>(from + k); rest !== 0; rest &= rest - 1) {
        const x = (<i32>k << 3) + <i32>ctz(rest);
        if (label !== 0) store<i32>(to - 16, x, 4);
        else begun++;
        label = x === nx ? 0 : <u32>load<T>(row + <usize>x * <usize>sizeof<T>());
        if (label === 0) continue;
        store<i32>(to, x);
        store<i32>(to, y0 + y, 8);
        store<u32>(to, label, 12);
        to += 16;
      }
  }
  store<i32>(pieces, load<i32>(pieces) + begun);
  return to;
}

export function listLabels8(
  labels: usize,
  nx: i32,
  ny: i32,
  words: usize,
  rowBytes: i32,
  y0: i32,
  list: usize,
  pieces: usize,
): usize {
  return listed<u8>(labels, nx, ny, words, rowBytes, y0, list, pieces);
}

export function listLabels16(
  labels: usize,
  nx: i32,
  ny: i32,
  words: usize,
  rowBytes: i32,
  y0: i32,
  list: usize,
  pieces: usize,
): usize {
  return listed<u16>(labels, nx, ny, words, rowBytes, y0, list, pieces);
}

/**
 * The runs of all labels as one mask: those that lie side by side become one.
 * @returns the number of rows listed
 */
export function mergeLabels(list: usize, end: usize, rows: usize, runs: usize): i32 {
  let row = rows;
  let to = runs;
  for (let at = list; at < end; at += 16) {
    const isNewRow = row === rows || load<i32>(row - 8) !== load<i32>(at, 8);
    if (isNewRow) {
      store<i32>(row, load<i32>(at, 8));
      store<i32>(row, <i32>((to - runs) >> 3), 4);
      row += 8;
    }
    if (!isNewRow && load<i32>(to - 8, 4) === load<i32>(at)) {
      store<i32>(to - 8, load<i32>(at, 4), 4);
    } else {
      store<u64>(to, load<u64>(at));
      to += 8;
    }
  }
  store<i32>(row, -1);
  store<i32>(row, <i32>((to - runs) >> 3), 4);
  return <i32>((row - rows) >> 3);
}

// What is known of a label, i32 each: the three totals of betti.ts, voxels, the box (least x, y, z, greatest
// x, y, z), and for the plane in hand its runs, its rows and the y of the last.
const VOXELS: usize = 12;
const RUNS: usize = 40;
const ROWS: usize = 44;
const LAST_Y: usize = 48;
const STATE: usize = 52;

// @ts-ignore: decorator
@inline
function stateOf(states: usize, label: u32): usize {
  return states + <usize>label * STATE;
}

/** Count a run: its label's voxels, box, and runs and rows in the plane in hand. */
// @ts-ignore: decorator
@inline
function count(state: usize, from: i32, to: i32, y: i32, z: i32): void {
  if (load<i32>(state, VOXELS) === 0) {
    store<i32>(state, from, VOXELS + 4);
    store<i32>(state, y, VOXELS + 8);
    store<i32>(state, z, VOXELS + 12);
    store<i32>(state, to - 1, VOXELS + 16);
    store<i32>(state, y, VOXELS + 20);
  } else {
    store<i32>(state, min(load<i32>(state, VOXELS + 4), from), VOXELS + 4);
    store<i32>(state, min(load<i32>(state, VOXELS + 8), y), VOXELS + 8);
    store<i32>(state, max(load<i32>(state, VOXELS + 16), to - 1), VOXELS + 16);
    store<i32>(state, max(load<i32>(state, VOXELS + 20), y), VOXELS + 20);
  }
  store<i32>(state, z, VOXELS + 24); // planes come by rising z
  store<i32>(state, load<i32>(state, VOXELS) + to - from, VOXELS);
  store<i32>(state, load<i32>(state, RUNS) + 1, RUNS);
  if (load<i32>(state, LAST_Y) === y) return;
  store<i32>(state, y, LAST_Y);
  store<i32>(state, load<i32>(state, ROWS) + 1, ROWS);
}

/**
 * Sort the runs of a plane by label.
 *
 * @param states for each label 52 bytes, 0 at first
 * @param present a bit for each label, 0; 0 again afterwards
 * @param presentBytes a multiple of 8
 * @param directory room for as many sections as there are labels or runs, and one more
 * @returns the number of rows listed
 */
export function sortLabels(
  list: usize,
  end: usize,
  z: i32,
  states: usize,
  present: usize,
  presentBytes: usize,
  directory: usize,
  rows: usize,
  runs: usize,
): i32 {
  for (let at = list; at < end; at += 16) {
    const label = load<u32>(at, 12);
    const state = stateOf(states, label);
    const word = present + (<usize>(label >> 6) << 3);
    if (load<i32>(state, RUNS) === 0) {
      store<u64>(word, load<u64>(word) | (1 << <u64>(label & 63)));
      store<i32>(state, -1, LAST_Y);
    }
    count(state, load<i32>(at), load<i32>(at, 4), load<i32>(at, 8), z);
  }

  let section = directory;
  let firstRow: i32 = 0;
  let firstRun: i32 = 0;
  for (let byte: usize = 0; byte < presentBytes; byte += 8) {
    for (let rest = load<u64>(present + byte); rest !== 0; rest &= rest - 1) {
      const label = <u32>(byte << 3) + <u32>ctz(rest);
      const state = stateOf(states, label);
      store<u32>(section, label);
      store<i32>(section, firstRow, 4);
      section += 8;
      const nextRow = firstRow + load<i32>(state, ROWS);
      const nextRun = firstRun + load<i32>(state, RUNS);
      store<i32>(state, firstRow, ROWS);
      store<i32>(state, firstRun, RUNS);
      store<i32>(state, -1, LAST_Y);
      firstRow = nextRow;
      firstRun = nextRun;
    }
    store<u64>(present + byte, 0);
  }
  store<i32>(section, -1);
  store<i32>(section, firstRow, 4);

  for (let at = list; at < end; at += 16) {
    const state = stateOf(states, load<u32>(at, 12));
    const run = load<i32>(state, RUNS);
    const y = load<i32>(at, 8);
    if (load<i32>(state, LAST_Y) !== y) {
      const row = load<i32>(state, ROWS);
      store<i32>(rows + (<usize>row << 3), y);
      store<i32>(rows + (<usize>row << 3), run, 4);
      store<i32>(state, row + 1, ROWS);
      store<i32>(state, y, LAST_Y);
    }
    store<u64>(runs + (<usize>run << 3), load<u64>(at));
    store<i32>(state, run + 1, RUNS);
  }
  store<i32>(rows + (<usize>firstRow << 3), -1);
  store<i32>(rows + (<usize>firstRow << 3), firstRun, 4);

  for (let at = directory; at < section; at += 8) {
    const state = stateOf(states, load<u32>(at));
    store<i32>(state, 0, RUNS);
    store<i32>(state, 0, ROWS);
  }
  return firstRow;
}

/** `joinPlanes` (betti.ts) of each label that the plane in hand or the one before holds. */
export function joinLabels(
  directory: usize,
  directoryBefore: usize,
  rows: usize,
  rowsBefore: usize,
  runs: usize,
  pieces: usize,
  gaps: usize,
  sides: usize,
  states: usize,
): void {
  let here = directory;
  let before = directoryBefore;
  while (true) {
    const label = min(load<u32>(here), load<u32>(before)); // behind the last is 2^32 − 1
    if (label === u32.MAX_VALUE) return;
    const row = rows + (<usize>load<u32>(here, 4) << 3);
    const rowBefore = rowsBefore + (<usize>load<u32>(before, 4) << 3);
    if (load<u32>(here) === label) here += 8;
    if (load<u32>(before) === label) before += 8;
    joinPlanes(
      row,
      rows + (<usize>load<u32>(here, 4) << 3),
      rowBefore,
      rowsBefore + (<usize>load<u32>(before, 4) << 3),
      runs,
      pieces,
      gaps,
      sides,
      stateOf(states, label),
    );
  }
}
