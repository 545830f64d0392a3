// Gaps between the runs of a row, as sets of background (6-connected): set 0 is the outside, gap i + 1 lies
// behind run i (src/topology/cavities.ts). Runs as in components.ts.

import { aloneEach, unite } from './sets';

// @ts-ignore: decorator
@inline
function at(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

/** Join all gaps between the runs `first` … `last` − 1 of a row with the outside: a row beside it is empty. */
function open(sets: usize, first: u32, last: u32): void {
  for (let gap = first + 1; gap < last; gap++) unite(sets, gap, 0);
}

/** Join the background of two rows that share a face: both have background where no run of either is. */
function joinRows(
  starts: usize,
  ends: usize,
  rowFirst: usize,
  sets: usize,
  rowA: u32,
  rowB: u32,
): void {
  const firstA = at(rowFirst, rowA);
  const firstB = at(rowFirst, rowB);
  const endA = at(rowFirst, rowA + 1);
  const endB = at(rowFirst, rowB + 1);
  if (endA - firstA < 2 && endB - firstB < 2) return;
  if (firstA === endA) return open(sets, firstB, endB);
  if (firstB === endB) return open(sets, firstA, endA);
  let a = firstA;
  let b = firstB;
  let fromA = <i32>at(starts, a);
  let fromB = <i32>at(starts, b);
  let reached = i32.MIN_VALUE;
  while (true) {
    const from = min(fromA, fromB);
    if (from === i32.MAX_VALUE) return; // behind the last run of both
    if (from > reached) {
      // In front of the first run of both there is only the outside.
      const gapA = a === firstA || a === endA ? 0 : a;
      const gapB = b === firstB || b === endB ? 0 : b;
      unite(sets, gapA, gapB);
    }
    if (fromA < fromB) {
      reached = max(reached, <i32>at(ends, a));
      fromA = ++a === endA ? i32.MAX_VALUE : <i32>at(starts, a);
    } else {
      reached = max(reached, <i32>at(ends, b));
      fromB = ++b === endB ? i32.MAX_VALUE : <i32>at(starts, b);
    }
  }
}

/**
 * Join all gaps that touch.
 *
 * @param sets one more than there are runs; afterwards the smallest member of the set that holds each
 */
export function joinGaps(
  starts: usize,
  ends: usize,
  rowFirst: usize,
  rowCount: u32,
  rowsPerPlane: u32,
  sets: usize,
): void {
  const count = at(rowFirst, rowCount) + 1;
  aloneEach(sets, 0, count);
  for (let row = rowsPerPlane; row < rowCount; row++) {
    joinRows(starts, ends, rowFirst, sets, row, row - 1);
    joinRows(starts, ends, rowFirst, sets, row, row - rowsPerPlane);
  }
  // Parents are smaller, so they are final already.
  for (let i: u32 = 0; i < count; i++)
    store<u32>(sets + (<usize>i << 2), at(sets, at(sets, i)));
}
