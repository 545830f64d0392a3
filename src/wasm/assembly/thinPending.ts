// What a thinning has still to look at: a voxel that failed a test is tested again only when one of its 26
// neighbours has gone. `pending` has a bit for each voxel to be tested; `waiting` has a byte for each row, with a
// bit for each word of it (or for each few, in rows of more than eight) that has pending voxels.

export let words: usize = 0;
/** From a word of the mask to its pending bits, bytes. */
export let pending: usize = 0;
let waiting: usize = 0;
export let occupied: usize = 0;
export let rowCount: usize = 0;
export let rowsPerPlane: usize = 0;
export let rowBytes: usize = 0;
export let planeBytes: usize = 0;
/** Voxels of the plane that has most. */
export let mostOfPlane: i32 = 0;
/** log2 of the words for which one bit of `waiting` stands. */
let shared: usize = 0;

/**
 * Let all voxels of a packed mask wait.
 *
 * @param pendingBits as many bytes as the mask, all 0
 * @param waitingRows a byte for each row, all 0
 * @param occupiedRows a byte for each row, as in a BitVolume
 * @returns the voxels of the plane that has most
 */
export function startThinning(
  mask: usize,
  pendingBits: usize,
  waitingRows: usize,
  occupiedRows: usize,
  rows: i32,
  rowsOfPlane: i32,
  bytesOfRow: i32,
): i32 {
  words = mask;
  pending = pendingBits - mask;
  waiting = waitingRows;
  occupied = occupiedRows;
  rowCount = rows;
  rowsPerPlane = rowsOfPlane;
  rowBytes = bytesOfRow;
  planeBytes = rowsPerPlane * rowBytes;
  shared = 0;
  while (rowBytes >> 3 > (<usize>8) << shared) shared++;
  mostOfPlane = 0;
  for (let first: usize = 0; first < rowCount; first += rowsPerPlane) {
    let voxels: i32 = 0;
    for (let row = first; row < first + rowsPerPlane; row++)
      if (load<u8>(occupied + row) !== 0) voxels += letWait(row);
    mostOfPlane = max(mostOfPlane, voxels);
  }
  return mostOfPlane;
}

/** Let the words of a row wait that hold foreground; the number of voxels. */
// @ts-ignore: decorator
@inline
function letWait(row: usize): i32 {
  const w = words + row * rowBytes;
  let flags: u32 = 0;
  let voxels: i32 = 0;
  for (let k: usize = 0; k < rowBytes; k += 8) {
    const word = load<u64>(w + k);
    voxels += <i32>popcnt(word);
    flags |= <u32>(word !== 0) << <u32>(k >> (3 + shared));
  }
  store<u8>(waiting + row, flags);
  return voxels;
}

/**
 * List the addresses of the words of a plane that wait, in order, and let them wait no more.
 * @param entries where to
 * @param parities which bytes of eight rows to look at
 * @returns the end of the list
 */
export function gather(plane: usize, parities: u64, entries: usize): usize {
  const rows = rowsPerPlane;
  const flagsOfPlane = waiting + plane * rows;
  const first = words + plane * planeBytes;
  let to = entries;
  for (let row: usize = 0; row < rows; row += 8) {
    const all = load<u64>(flagsOfPlane + row);
    const inPlane = rows - row < 8 ? parities & ((1 << ((rows - row) << 3)) - 1) : parities;
    const flags = all & inPlane;
    if (flags === 0) continue;
    store<u64>(flagsOfPlane + row, all & ~inPlane);
    to = shared === 0 ? listWords(flags, first + row * rowBytes, to) : listShared(flags, first + row * rowBytes, to);
  }
  return to;
}

/** One entry for each flag. Writes up to three more behind the list: that needs no branch for each. */
// @ts-ignore: decorator
@inline
function listWords(flags: u64, first: usize, to: usize): usize {
  const end = to + (<usize>popcnt(flags) << 2);
  for (; flags !== 0; to += 16) {
    store<u32>(to, wordOf(flags, first));
    flags &= flags - 1;
    store<u32>(to, wordOf(flags, first), 4);
    flags &= flags - 1;
    store<u32>(to, wordOf(flags, first), 8);
    flags &= flags - 1;
    store<u32>(to, wordOf(flags, first), 12);
    flags &= flags - 1;
  }
  return end;
}

/** The word of the lowest flag of eight rows. */
// @ts-ignore: decorator
@inline
function wordOf(flags: u64, first: usize): usize {
  const bit = <usize>ctz(flags);
  return first + (bit >> 3) * rowBytes + ((bit & 7) << 3);
}

/** An entry for each word that shares a flag. */
function listShared(flags: u64, first: usize, to: usize): usize {
  for (; flags !== 0; flags &= flags - 1) {
    const bit = <usize>ctz(flags);
    const row = first + (bit >> 3) * rowBytes;
    const from = (bit & 7) << (3 + shared);
    const end = min(rowBytes, from + (<usize>8 << shared));
    for (let k = from; k < end; k += 8, to += 4) store<u32>(to, row + k);
  }
  return to;
}

/** Let a word wait if there is something left of it. */
// @ts-ignore: decorator
@inline
export function waitFor(w: usize, left: u64): void {
  const row = (w - words) / rowBytes;
  const bit = (w - words - row * rowBytes) >> (3 + shared);
  store<u8>(waiting + row, load<u8>(waiting + row) | (<u32>(left !== 0) << <u32>bit));
}

/** Of the pending voxels of a plane, forget those on no border: it takes a gone neighbour to bring them there. */
export function settle(plane: usize, asked: u64, entries: usize): void {
  const end = gather(plane, u64.MAX_VALUE, entries);
  for (let e = entries; e < end; e += 4) {
    const w = <usize>load<u32>(e);
    const x = load<u64>(w);
    const inner =
      load<u64>(w - rowBytes) &
      load<u64>(w + rowBytes) &
      load<u64>(w - planeBytes) &
      load<u64>(w + planeBytes) &
      ((x >> 1) | (load<u64>(w + 8) << 63)) &
      ((x << 1) | (load<u64>(w - 8) >> 63));
    const left = (load<u64>(w + pending) | asked) & x & ~inner;
    store<u64>(w + pending, left);
    waitFor(w, left);
  }
}

/** The surroundings of voxels of a word have changed. */
// @ts-ignore: decorator
@inline
export function touch(w: usize, gone: u64): void {
  const at = w + pending;
  askNine(at, gone | (gone << 1) | (gone >> 1));
  if (gone >> 63) askNine(at + 8, 1);
  if (gone & 1) askNine(at - 8, (<u64>1) << 63);
  const row = (w - words) / rowBytes;
  const k = w - words - row * rowBytes;
  let flags: u32 = 0x010101 << <u32>(k >> (3 + shared));
  if (gone >> 63) flags |= 0x010101 << <u32>((k + 8) >> (3 + shared));
  if (gone & 1) flags |= 0x010101 << <u32>((k - 8) >> (3 + shared));
  const rows = waiting + row - 1;
  store<u32>(rows, load<u32>(rows) | flags);
  store<u32>(rows + rowsPerPlane, load<u32>(rows + rowsPerPlane) | flags);
  store<u32>(rows - rowsPerPlane, load<u32>(rows - rowsPerPlane) | flags);
}

// @ts-ignore: decorator
@inline
function askNine(at: usize, near: u64): void {
  askThree(at - planeBytes, near);
  askThree(at, near);
  askThree(at + planeBytes, near);
}

// @ts-ignore: decorator
@inline
function askThree(at: usize, near: u64): void {
  const before = at - rowBytes;
  const behind = at + rowBytes;
  store<u64>(before, load<u64>(before) | near);
  store<u64>(at, load<u64>(at) | near);
  store<u64>(behind, load<u64>(behind) | near);
}
