// Runs of packed rows (layout in src/volume/bits.ts), one plane at a time.
//
// A run takes two i32: its first x and one past its last. A list of rows takes two i32 each: y, and the index
// of the row's first run; a row's runs end where the next entry's begin, and one entry more closes the list.

/** Number of runs in the rows of a plane that hold foreground, margin included. */
export function countRuns(words: usize, rowBytes: i32, rows: i32, occupied: usize): i32 {
  let count: i32 = 0;
  for (let row = 0; row < rows; row++) {
    if (load<u8>(occupied + <usize>row) === 0) continue;
    const from = words + <usize>row * <usize>rowBytes;
    let carry: u64 = 0;
    for (let at = from; at < from + <usize>rowBytes; at += 8) {
      const word = load<u64>(at);
      count += <i32>popcnt(word & ~((word << 1) | carry));
      carry = word >> 63;
    }
  }
  return count;
}

/**
 * List the runs of a plane and the rows that have some.
 *
 * @param ny rows without the margin
 * @returns the number of rows listed
 */
export function listRuns(
  words: usize,
  rowBytes: i32,
  ny: i32,
  occupied: usize,
  rows: usize,
  runs: usize,
): i32 {
  let row = rows;
  let to = runs;
  for (let y = 0; y < ny; y++) {
    if (load<u8>(occupied + <usize>y + 1) === 0) continue;
    store<i32>(row, y);
    store<i32>(row, <i32>((to - runs) >> 3), 4);
    row += 8;
    const begin = words + <usize>(y + 1) * <usize>rowBytes;
    let carry: u64 = 0;
    let x: i32 = -1; // bit 0 of a row is the margin
    for (let at = begin; at < begin + <usize>rowBytes; at += 8) {
      const word = load<u64>(at);
      // Starts and ends take turns, as they do in the list.
      let turns = word ^ ((word << 1) | carry);
      carry = word >> 63;
      for (; turns !== 0; turns &= turns - 1) {
        store<i32>(to, x + <i32>ctz(turns));
        to += 4;
      }
      x += 64;
    }
  }
  store<i32>(row, -1);
  store<i32>(row, <i32>((to - runs) >> 3), 4);
  return <i32>((row - rows) >> 3);
}

/**
 * List the runs of a plane for src/topology/runs.ts: starts, ends, and the first run of every row, margin
 * included, counted on from `first`.
 */
export function splitRuns(
  words: usize,
  rowBytes: i32,
  rows: i32,
  occupied: usize,
  starts: usize,
  ends: usize,
  rowFirst: usize,
  first: i32,
): void {
  let start = starts;
  let end = ends;
  for (let row = 0; row < rows; row++) {
    store<i32>(rowFirst + (<usize>row << 2), first + <i32>((start - starts) >> 2));
    if (load<u8>(occupied + <usize>row) === 0) continue;
    const begin = words + <usize>row * <usize>rowBytes;
    let carry: u64 = 0;
    let x: i32 = -1; // bit 0 of a row is the margin
    for (let at = begin; at < begin + <usize>rowBytes; at += 8) {
      const word = load<u64>(at);
      const shifted = (word << 1) | carry;
      carry = word >> 63;
      for (let from = word & ~shifted; from !== 0; from &= from - 1) {
        store<i32>(start, x + <i32>ctz(from));
        start += 4;
      }
      for (let past = ~word & shifted; past !== 0; past &= past - 1) {
        store<i32>(end, x + <i32>ctz(past));
        end += 4;
      }
      x += 64;
    }
  }
}
