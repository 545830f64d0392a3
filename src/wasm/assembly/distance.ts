// Distances to the nearest of a set of voxels, packed as in src/volume/bits.ts. First `nearDistances` looks at the
// rows nearby, through a window of 64 bits; for the voxels that it leaves, `farDistances` descends a pyramid: cells
// of 8×8×8 blocks of 8×8×8 voxels.

/** Exchange foreground and background of all rows of the volume; the margin stays empty. */
export function complement(words: usize, rowBytes: i32, nx: i32, ny: i32, nz: i32): void {
  const last = <usize>((nx >>> 6) << 3);
  // Bits 1 … nx.
  const tail: u64 = (nx & 63) === 63 ? ~0 : (1 << <u64>((nx & 63) + 1)) - 1;
  for (let z: i32 = 1; z <= nz; z++) {
    let row = words + <usize>(z * (ny + 2) + 1) * <usize>rowBytes;
    for (let y: i32 = 0; y < ny; y++, row += <usize>rowBytes) {
      for (let at: usize = 0; at < last; at += 8) store<u64>(row + at, ~load<u64>(row + at));
      store<u64>(row + last, ~load<u64>(row + last) & tail);
      store<u64>(row, load<u64>(row) & ~1);
    }
  }
}

/** List the set voxels of one plane by their linear index. @returns their number */
export function listPlane(
  plane: usize,
  rowBytes: i32,
  nx: i32,
  ny: i32,
  z: i32,
  list: usize,
): i32 {
  let to = list;
  for (let y: i32 = 0; y < ny; y++) {
    const row = plane + <usize>(y + 1) * <usize>rowBytes;
    // Bit b is voxel b - 1.
    const first = <u32>(z * ny + y) * <u32>nx - 1;
    for (let at: i32 = 0; at < rowBytes; at += 8) {
      for (let word = load<u64>(row + <usize>at); word !== 0; word &= word - 1) {
        store<u32>(to, first + <u32>(at << 3) + <u32>ctz(word));
        to += 4;
      }
    }
  }
  return <i32>((to - list) >>> 2);
}

/** Voxels of a row that are left too where one is left. */
const SKIPPED: i32 = 3;

/**
 * Distances of voxels to the nearest set bit, as far as the rows of a list and 24 voxels to both sides tell them.
 *
 * @param unset to the nearest bit that is not set, instead
 * @param voxels linear indices, u32
 * @param offsets of rows by rising distance: dy, dz and the step in bytes, i32 each
 * @param squares of the same rows: dy², dz² and their sum in mm², f64 each
 * @param reachY greatest |dy| of the list
 * @param limit mm²: nothing outside of rows and window is nearer
 * @param out f32 each, -1 where something nearer may lie beyond the limit
 */
export function nearDistances(
  words: usize,
  rowBytes: i32,
  nx: i32,
  ny: i32,
  nz: i32,
  unset: bool,
  voxels: usize,
  count: i32,
  sx: f64,
  offsets: usize,
  squares: usize,
  offsetCount: i32,
  reachY: i32,
  reachZ: i32,
  limit: f64,
  out: usize,
): void {
  const flip: u64 = unset ? -1 : 0;
  let before: u32 = <u32>-1;
  let skip: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const voxel = load<u32>(voxels + (<usize>i << 2));
    // Right behind a voxel whose distance is beyond the limit there is little hope.
    if (voxel !== before + 1) skip = 0;
    before = voxel;
    if (skip > 0) {
      skip--;
      store<f32>(out + (<usize>i << 2), -1);
      continue;
    }
    const line = voxel / <u32>nx;
    const x = <i32>(voxel - line * <u32>nx);
    const z = <i32>(line / <u32>ny);
    const y = <i32>line - z * ny;
    const bit = x + 1;
    const home =
      words + <usize>((z + 1) * (ny + 2) + y + 1) * <usize>rowBytes + <usize>(bit >> 3) - 4;
    /** Place of the voxel in the window, 32 … 39. */
    const centre = (bit & 7) + 32;
    // Bits of the window that lie in the margin or in other rows don't count.
    const low = <u64>max(0, centre - x);
    const high = <u64>max(0, 63 - centre - (nx - bit));
    const valid = (<u64>-1 << low) & (<u64>-1 >> high);
    const rightShift = <u64>centre;
    const leftShift = <u64>(63 - centre);
    const inside = y >= reachY && y + reachY < ny && z >= reachZ && z + reachZ < nz;

    let best = Infinity;
    let offset = offsets;
    let square = squares;
    for (let k: i32 = 0; k < offsetCount; k++, offset += 12, square += 24) {
      if (load<f64>(square, 16) >= best) break;
      if (!inside) {
        if (<u32>(y + load<i32>(offset)) >= <u32>ny) continue;
        if (<u32>(z + load<i32>(offset, 4)) >= <u32>nz) continue;
      }
      const word = (load<u64>(home + <usize>load<i32>(offset, 8)) ^ flip) & valid;
      if (word === 0) continue;
      const steps = min(ctz(word >> rightShift), clz(word << leftShift));
      const along = sx * <f64>(<i32>steps);
      best = min(best, along * along + load<f64>(square) + load<f64>(square, 8));
    }
    const known = best <= limit;
    store<f32>(out + (<usize>i << 2), known ? <f32>sqrt(best) : -1);
    if (!known) skip = SKIPPED;
  }
}

/**
 * Build the upper levels of the pyramid.
 *
 * @param blocks a bit for each block with a set voxel, packed along x: rowBytes / 8 bytes per row of blocks, zero
 * @param cells least x, y, z of each cell with a set voxel, i32 each; bits, rows and planes with the margin
 * @returns the number of cells
 */
export function buildPyramid(
  words: usize,
  rowBytes: i32,
  rowsPerPlane: i32,
  planes: i32,
  blocks: usize,
  cells: usize,
): i32 {
  const blockRows = (rowsPerPlane + 7) >> 3;
  const blockPlanes = (planes + 7) >> 3;
  const blockBytes = rowBytes >> 3;
  for (let p: i32 = 0; p < blockPlanes; p++) {
    for (let r: i32 = 0; r < blockRows; r++) {
      for (let k: i32 = 0; k < blockBytes; k++) {
        let any: u64 = 0;
        for (let z = p << 3; z < min((p << 3) + 8, planes); z++) {
          for (let y = r << 3; y < min((r << 3) + 8, rowsPerPlane); y++)
            any |= load<u64>(words + <usize>(z * rowsPerPlane + y) * <usize>rowBytes + <usize>(k << 3));
        }
        if (any === 0) continue;
        let bits: u32 = 0;
        for (let b: u64 = 0; b < 8; b++) if (((any >> (b << 3)) & 255) !== 0) bits |= 1 << <u32>b;
        store<u8>(blocks + <usize>((p * blockRows + r) * blockBytes + k), bits);
      }
    }
  }
  let to = cells;
  for (let p: i32 = 0; p < blockPlanes; p += 8) {
    for (let r: i32 = 0; r < blockRows; r += 8) {
      for (let k: i32 = 0; k < blockBytes; k++) {
        let any: u32 = 0;
        for (let z = p; z < min(p + 8, blockPlanes); z++) {
          for (let y = r; y < min(r + 8, blockRows); y++)
            any |= load<u8>(blocks + <usize>((z * blockRows + y) * blockBytes + k));
        }
        if (any === 0) continue;
        store<i32>(to, k << 6);
        store<i32>(to, r << 3, 4);
        store<i32>(to, p << 3, 8);
        to += 12;
      }
    }
  }
  return <i32>(to - cells) / 12;
}

// What a descent knows, shared by the levels: the volume …
let words: usize = 0;
let rowBytes: i32 = 0;
let rowsPerPlane: i32 = 0;
let planes: i32 = 0;
let blocks: usize = 0;
let sx: f64 = 0;
let sy: f64 = 0;
let sz: f64 = 0;
// … the voxel (bit, row, plane), and the nearest set bit so far with its squared distance.
let x: i32 = 0;
let y: i32 = 0;
let z: i32 = 0;
let best: f64 = 0;
let bestX: i32 = 0;
let bestY: i32 = 0;
let bestZ: i32 = 0;
/** Blocks that may still be looked at; a cell, or 64 bounds, count as one. */
let effort: i32 = 0;

/** Steps from a coordinate to the nearest of `size` ones from `low` on. */
// @ts-ignore: decorator
@inline
function gap(at: i32, low: i32, size: i32): f64 {
  return <f64>(low > at ? low - at : max(0, at - low - size + 1));
}

/** Squared distance (mm²) to a box: no more, rounded, than to any voxel in it. */
// @ts-ignore: decorator
@inline
function bound(x0: i32, y0: i32, z0: i32, size: i32): f64 {
  const dx = sx * gap(x, x0, size);
  const dy = sy * gap(y, y0, size);
  const dz = sz * gap(z, z0, size);
  return dx * dx + dy * dy + dz * dz;
}

/** Look at all set voxels of a block. */
function searchBlock(x0: i32, y0: i32, z0: i32): void {
  effort--;
  const centre = x - x0;
  for (let p = z0; p < min(z0 + 8, planes); p++) {
    const dz = sz * <f64>abs(p - z);
    for (let r = y0; r < min(y0 + 8, rowsPerPlane); r++) {
      const bits = <u32>(
        load<u8>(words + <usize>(p * rowsPerPlane + r) * <usize>rowBytes + <usize>(x0 >> 3))
      );
      if (bits === 0) continue;
      let nearest: i32;
      if (centre <= 0) nearest = ctz(bits);
      else if (centre >= 7) nearest = 31 - clz(bits);
      else {
        const right = ctz(bits >> centre);
        const left = clz(bits << (31 - centre));
        nearest = right <= left ? centre + right : centre - left;
      }
      const dx = sx * <f64>abs(nearest - centre);
      const dy = sy * <f64>abs(r - y);
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared >= best) continue;
      best = squared;
      bestX = x0 + nearest;
      bestY = r;
      bestZ = p;
    }
  }
}

/** Look at the blocks of a cell: at the nearest one only, or at all that may hold something nearer. */
function searchCell(x0: i32, y0: i32, z0: i32, nearestOnly: bool): void {
  effort--;
  const blockRows = (rowsPerPlane + 7) >> 3;
  const blockPlanes = (planes + 7) >> 3;
  const column = <usize>(x0 >> 6);
  let least = Infinity;
  let leastX: i32 = 0;
  let leastY: i32 = 0;
  let leastZ: i32 = 0;
  for (let p = z0 >> 3; p < min((z0 >> 3) + 8, blockPlanes); p++) {
    for (let r = y0 >> 3; r < min((y0 >> 3) + 8, blockRows); r++) {
      let bits = <u32>(
        load<u8>(blocks + <usize>(p * blockRows + r) * <usize>(rowBytes >> 3) + column)
      );
      for (; bits !== 0; bits &= bits - 1) {
        const blockX = x0 + (<i32>ctz(bits) << 3);
        const squared = bound(blockX, r << 3, p << 3, 8);
        if (!nearestOnly) {
          if (squared < best) searchBlock(blockX, r << 3, p << 3);
        } else if (squared < least) {
          least = squared;
          leastX = blockX;
          leastY = r << 3;
          leastZ = p << 3;
        }
      }
    }
  }
  if (nearestOnly) searchBlock(leastX, leastY, leastZ);
}

/**
 * Distances of any voxels to the nearest set bit; there must be one.
 *
 * @param blocksAt, cells what {@link buildPyramid} made
 * @param effortAt i32: how many blocks may be looked at; lowered by those that were
 * @param out f32 each
 * @returns the number of voxels, the first of the list, that were done with this effort
 */
export function farDistances(
  wordsAt: usize,
  bytesOfRow: i32,
  nx: i32,
  ny: i32,
  nz: i32,
  voxels: usize,
  count: i32,
  spacingX: f64,
  spacingY: f64,
  spacingZ: f64,
  blocksAt: usize,
  cells: usize,
  cellCount: i32,
  effortAt: usize,
  out: usize,
): i32 {
  words = wordsAt;
  rowBytes = bytesOfRow;
  rowsPerPlane = ny + 2;
  planes = nz + 2;
  blocks = blocksAt;
  sx = spacingX;
  sy = spacingY;
  sz = spacingZ;
  effort = load<i32>(effortAt);
  const cellsEnd = cells + <usize>cellCount * 12;
  let before: u32 = <u32>-1;
  let done: i32 = 0;
  for (; done < count && effort > 0; done++) {
    effort -= 1 + (cellCount >> 5);
    const voxel = load<u32>(voxels + (<usize>done << 2));
    const line = voxel / <u32>nx;
    x = <i32>(voxel - line * <u32>nx) + 1;
    z = <i32>(line / <u32>ny);
    y = <i32>line - z * ny + 1;
    z++;
    if (voxel === before + 1 && x > 1) {
      // What is nearest to a voxel is near to the next one too: a good bound.
      const dx = sx * <f64>abs(bestX - x);
      const dy = sy * <f64>abs(bestY - y);
      const dz = sz * <f64>abs(bestZ - z);
      best = dx * dx + dy * dy + dz * dz;
    } else {
      best = Infinity;
      let least = Infinity;
      let nearest = cells;
      for (let cell = cells; cell < cellsEnd; cell += 12) {
        const squared = bound(load<i32>(cell), load<i32>(cell, 4), load<i32>(cell, 8), 64);
        if (squared >= least) continue;
        least = squared;
        nearest = cell;
      }
      searchCell(load<i32>(nearest), load<i32>(nearest, 4), load<i32>(nearest, 8), true);
    }
    for (let cell = cells; cell < cellsEnd; cell += 12) {
      const x0 = load<i32>(cell);
      const y0 = load<i32>(cell, 4);
      const z0 = load<i32>(cell, 8);
      if (bound(x0, y0, z0, 64) < best) searchCell(x0, y0, z0, false);
    }
    store<f32>(out + (<usize>done << 2), <f32>sqrt(best));
    before = voxel;
  }
  store<i32>(effortAt, effort);
  return done;
}
