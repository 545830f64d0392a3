// The boundary of packed masks as in src/volume/bits.ts, 64 voxels at a time.

/** Voxels of word `at` that are set in three rows one below the other. */
// @ts-ignore: decorator
@inline
function threeRows(at: usize, rowBytes: usize): u64 {
  return load<u64>(at) & load<u64>(at - rowBytes) & load<u64>(at + rowBytes);
}

/** Voxels of word `at` whose column of 3 (in the plane) or 3×3 (planes too) rows is all set. */
// @ts-ignore: decorator
@inline
function column(at: usize, rowBytes: usize, planeBytes: usize, across: bool): u64 {
  if (load<u64>(at) === 0) return 0;
  const inPlane = threeRows(at, rowBytes);
  if (!across || inPlane === 0) return inPlane;
  return inPlane & threeRows(at - planeBytes, rowBytes) & threeRows(at + planeBytes, rowBytes);
}

/**
 * Foreground voxels of a plane with a background voxel among their 26 neighbours, or (not `across`) the 8 in the
 * plane itself.
 *
 * @param words of the plane; those of the planes below and above lie right before and behind
 * @param to the same for the boundary
 * @param occupied a byte for each row: 1 where the boundary has voxels, else 0
 * @returns the number of voxels of the boundary
 */
export function boundaryOfPlane(
  words: usize,
  rowBytes: i32,
  rowsPerPlane: i32,
  across: bool,
  to: usize,
  occupied: usize,
): i32 {
  const bytes = <usize>rowBytes;
  const planeBytes = <usize>rowsPerPlane * bytes;
  memory.fill(to, 0, planeBytes);
  memory.fill(occupied, 0, <usize>rowsPerPlane);
  let count: i32 = 0;
  for (let row: i32 = 1; row < rowsPerPlane - 1; row++) {
    const first = words + <usize>row * bytes;
    const toFirst = to + <usize>row * bytes;
    let before: u64 = 0;
    let here = column(first, bytes, planeBytes, across);
    let any: u64 = 0;
    for (let at: usize = 0; at < bytes; at += 8) {
      const next = at + 8 < bytes ? column(first + at + 8, bytes, planeBytes, across) : <u64>0;
      const inner = here & ((here << 1) | (before >> 63)) & ((here >> 1) | (next << 63));
      const shell = load<u64>(first + at) & ~inner;
      if (shell !== 0) {
        store<u64>(toFirst + at, shell);
        any |= shell;
        count += <i32>popcnt(shell);
      }
      before = here;
      here = next;
    }
    if (any !== 0) store<u8>(occupied + <usize>row, 1);
  }
  return count;
}
