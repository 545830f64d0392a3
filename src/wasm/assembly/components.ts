// Components of a whole mask from its runs, as src/topology/runs.ts holds them: starts, ends (i32 each run) and
// rowFirst (u32 each row, margins included, and one more).

import { aloneEach, unite } from './sets';

// @ts-ignore: decorator
@inline
function at(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(array: usize, index: u32, value: u32): void {
  store<u32>(array + (<usize>index << 2), value);
}

/** Join the runs of two rows that lie less than `reach` apart, by rising start. */
function joinRows(
  starts: usize,
  ends: usize,
  rowFirst: usize,
  sets: usize,
  rowA: u32,
  rowB: u32,
  reach: i32,
): u32 {
  const endA = at(rowFirst, rowA + 1);
  const endB = at(rowFirst, rowB + 1);
  let a = at(rowFirst, rowA);
  let b = at(rowFirst, rowB);
  if (b === endB) return 0;
  let fromA = <i32>at(starts, a);
  let fromB = <i32>at(starts, b);
  let toA = i32.MIN_VALUE;
  let toB = i32.MIN_VALUE;
  let joined: u32 = 0;
  while (true) {
    if (fromA < fromB) {
      if (fromA < toB + reach && unite(sets, a, b - 1)) joined++;
      toA = <i32>at(ends, a) ;
      fromA = ++a === endA ? i32.MAX_VALUE : <i32>at(starts, a);
    } else {
      if (fromB === i32.MAX_VALUE) return joined; // behind the last run of both
      if (fromB < toA + reach && unite(sets, a - 1, b)) joined++;
      toB = <i32>at(ends, b);
      fromB = ++b === endB ? i32.MAX_VALUE : <i32>at(starts, b);
    }
  }
}

/**
 * Join all runs that touch: row with row, `beside` and `diagonal` as in src/topology/joinRuns.ts.
 * @returns the number of components
 */
export function joinRuns(
  starts: usize,
  ends: usize,
  rowFirst: usize,
  rowCount: u32,
  rowsPerPlane: u32,
  beside: i32,
  diagonal: i32,
  sets: usize,
): u32 {
  let components = at(rowFirst, rowCount);
  aloneEach(sets, 0, components);
  for (let row = rowsPerPlane + 1; row < rowCount; row++) {
    if (at(rowFirst, row) === at(rowFirst, row + 1)) continue;
    const behind = row - rowsPerPlane;
    components -= joinRows(starts, ends, rowFirst, sets, row, row - 1, beside);
    components -= joinRows(starts, ends, rowFirst, sets, row, behind, beside);
    if (diagonal < 0) continue;
    components -= joinRows(starts, ends, rowFirst, sets, row, behind - 1, diagonal);
    components -= joinRows(starts, ends, rowFirst, sets, row, behind + 1, diagonal);
  }
  return components;
}

/**
 * Number the components from 0 in raster order and measure them.
 *
 * @param sets of runs; afterwards the component of each run
 * @param sizes voxels of each component, 0 at first
 * @param seeds linear index of its first voxel
 * @param boxes least x, y, z, greatest x, y, z
 */
export function measureComponents(
  starts: usize,
  ends: usize,
  rowFirst: usize,
  rowCount: u32,
  rowsPerPlane: u32,
  nx: u32,
  ny: u32,
  sets: usize,
  sizes: usize,
  seeds: usize,
  boxes: usize,
): void {
  let numbered: u32 = 0;
  for (let row: u32 = rowsPerPlane; row < rowCount; row++) {
    const last = at(rowFirst, row + 1);
    const z = row / rowsPerPlane - 1;
    const y = row - (z + 1) * rowsPerPlane - 1;
    for (let run = at(rowFirst, row); run < last; run++) {
      const from = at(starts, run);
      const to = at(ends, run);
      // The smallest run stands for its set, so that of any other has its number already.
      const parent = at(sets, run);
      const component = parent === run ? numbered++ : at(sets, parent);
      put(sets, run, component);
      const box = boxes + <usize>component * 24;
      const size = at(sizes, component);
      put(sizes, component, size + to - from);
      if (size === 0) {
        put(seeds, component, (z * ny + y) * nx + from);
        put(box, 0, from);
        put(box, 1, y);
        put(box, 2, z);
        put(box, 3, to - 1);
        put(box, 4, y);
      } else {
        put(box, 0, min(at(box, 0), from));
        put(box, 1, min(at(box, 1), y));
        put(box, 3, max(at(box, 3), to - 1));
        put(box, 4, max(at(box, 4), y));
      }
      put(box, 5, z); // rows come by rising z
    }
  }
}
