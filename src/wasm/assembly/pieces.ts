// Pieces of a mask and of its background over runs, all rows of the volume at once: the compiled form of
// src/metrics/topologyErrors/piecesPlain.ts. Starts, ends and the first run of each row are i32 and u32 arrays.
import { aloneEach, find, unite } from './sets';

// @ts-ignore: decorator
@inline
function i32At(array: usize, i: u32): i32 {
  return load<i32>(array + (<usize>i << 2));
}

/** The runs of all rows, margin included; `firsts` has one entry more than there are rows. */
export function listVolumeRuns(
  words: usize,
  rowBytes: i32,
  rows: i32,
  occupied: usize,
  firsts: usize,
  starts: usize,
  ends: usize,
): void {
  let count: u32 = 0;
  for (let row = 0; row < rows; row++) {
    store<u32>(firsts + (<usize>row << 2), count);
    if (load<u8>(occupied + <usize>row) === 0) continue;
    const begin = words + <usize>row * <usize>rowBytes;
    let carry: u64 = 0;
    let inRun = false;
    let x: i32 = -1; // bit 0 of a row is the margin
    for (let at = begin; at < begin + <usize>rowBytes; at += 8) {
      const word = load<u64>(at);
      for (let turns = word ^ ((word << 1) | carry); turns !== 0; turns &= turns - 1) {
        const place = x + <i32>ctz(turns);
        store<i32>((inRun ? ends : starts) + (<usize>count << 2), place);
        if (inRun) count++;
        inRun = !inRun;
      }
      carry = word >> 63;
      x += 64;
    }
  }
  store<u32>(firsts + (<usize>rows << 2), count);
}

// @ts-ignore: decorator
@inline
function joinRowPair(firsts: usize, starts: usize, ends: usize, sets: usize, rowA: i32, rowB: i32, reach: i32): void {
  let a = load<u32>(firsts + (<usize>rowA << 2));
  let b = load<u32>(firsts + (<usize>rowB << 2));
  const endA = load<u32>(firsts + (<usize>rowA << 2), 4);
  const endB = load<u32>(firsts + (<usize>rowB << 2), 4);
  while (a < endA && b < endB) {
    const toA = i32At(ends, a);
    const toB = i32At(ends, b);
    if (i32At(starts, a) < toB + reach && i32At(starts, b) < toA + reach) unite(sets, a, b);
    if (toA < toB) a++;
    else b++;
  }
}

/** Every run points at the smallest of its set. */
function flatten(sets: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) store<u32>(sets + (<usize>i << 2), find(sets, i));
}

/** The smallest run of the 26-connected piece of each run. */
export function joinVolumeRuns(
  firsts: usize,
  starts: usize,
  ends: usize,
  rows: i32,
  rowsPerPlane: i32,
  sets: usize,
): void {
  const count = load<u32>(firsts + (<usize>rows << 2));
  aloneEach(sets, 0, count);
  for (let row = rowsPerPlane + 1; row < rows; row++) {
    if (load<u32>(firsts + (<usize>row << 2)) === load<u32>(firsts + (<usize>row << 2), 4)) continue;
    joinRowPair(firsts, starts, ends, sets, row, row - 1, 1);
    joinRowPair(firsts, starts, ends, sets, row, row - rowsPerPlane, 1);
    joinRowPair(firsts, starts, ends, sets, row, row - rowsPerPlane - 1, 1);
    joinRowPair(firsts, starts, ends, sets, row, row - rowsPerPlane + 1, 1);
  }
  flatten(sets, count);
}

/** The background between runs of a row; run 0, in the margin, is the outside. */
export function listGaps(
  maskFirsts: usize,
  maskStarts: usize,
  maskEnds: usize,
  rows: i32,
  firsts: usize,
  starts: usize,
  ends: usize,
): void {
  store<u32>(firsts, 0);
  store<i32>(starts, 0);
  store<i32>(ends, 0);
  let count: u32 = 1;
  for (let row = 0; row < rows; row++) {
    const end = load<u32>(maskFirsts + (<usize>row << 2), 4);
    for (let run = load<u32>(maskFirsts + (<usize>row << 2)) + 1; run < end; run++) {
      store<i32>(starts + (<usize>count << 2), i32At(maskEnds, run - 1));
      store<i32>(ends + (<usize>count << 2), i32At(maskStarts, run));
      count++;
    }
    store<u32>(firsts + (<usize>row << 2), count, 4);
  }
}

/** Join the gaps of a row with the outside where the row beside it is outside. */
// @ts-ignore: decorator
@inline
function openGapsBeside(
  maskFirsts: usize,
  maskStarts: usize,
  maskEnds: usize,
  starts: usize,
  ends: usize,
  sets: usize,
  first: u32,
  end: u32,
  beside: i32,
): void {
  const from = load<u32>(maskFirsts + (<usize>beside << 2));
  const to = load<u32>(maskFirsts + (<usize>beside << 2), 4);
  for (let gap = first; gap < end; gap++)
    if (from === to || i32At(starts, gap) < i32At(maskStarts, from) || i32At(ends, gap) > i32At(maskEnds, to - 1))
      unite(sets, gap, 0);
}

/** The smallest gap of the 6-connected piece of background of each gap; 0 is the outside. */
export function joinVolumeGaps(
  maskFirsts: usize,
  maskStarts: usize,
  maskEnds: usize,
  firsts: usize,
  starts: usize,
  ends: usize,
  rows: i32,
  rowsPerPlane: i32,
  sets: usize,
): void {
  const count = load<u32>(firsts + (<usize>rows << 2));
  aloneEach(sets, 0, count);
  for (let row = rowsPerPlane + 1; row < rows - rowsPerPlane; row++) {
    const first = load<u32>(firsts + (<usize>row << 2));
    const end = load<u32>(firsts + (<usize>row << 2), 4);
    if (first === end) continue;
    joinRowPair(firsts, starts, ends, sets, row, row - 1, 0);
    joinRowPair(firsts, starts, ends, sets, row, row - rowsPerPlane, 0);
    openGapsBeside(maskFirsts, maskStarts, maskEnds, starts, ends, sets, first, end, row - 1);
    openGapsBeside(maskFirsts, maskStarts, maskEnds, starts, ends, sets, first, end, row + 1);
    openGapsBeside(maskFirsts, maskStarts, maskEnds, starts, ends, sets, first, end, row - rowsPerPlane);
    openGapsBeside(maskFirsts, maskStarts, maskEnds, starts, ends, sets, first, end, row + rowsPerPlane);
  }
  flatten(sets, count);
}
