// Thinning of packed masks in the order of ranks; what it computes is specified by src/skeleton/orderedPlain.ts.

import { countLeft } from './left';
import { isSimple } from './neighbourhood';
import { surroundings } from './surroundings';
import { next, someoneWaits, startWaiting, wait } from './waiting';

/** The mask as it was, by which its voxels are numbered in raster order. */
let original: usize = 0;
/** Number of the first voxel of each 64 bits. */
let numbers: usize = 0;

/** The number of the voxel at a bit. */
// @ts-ignore: decorator
@inline
function voxelAt(position: u32): u32 {
  const word = <usize>(position >>> 6);
  const before = load<u64>(original + (word << 3)) & (((<u64>1) << <u64>(position & 63)) - 1);
  return load<u32>(numbers + (word << 2)) + <u32>popcnt(before);
}

/** Number the voxels and note their bits. */
function numberVoxels(
  occupied: usize,
  rowCount: usize,
  rowBytes: usize,
  positions: usize,
): void {
  let found: u32 = 0;
  for (let row: usize = 0; row < rowCount; row++) {
    if (load<u8>(occupied + row) === 0) continue;
    for (let k = row * rowBytes; k < (row + 1) * rowBytes; k += 8) {
      store<u32>(numbers + (k >> 1), found);
      for (let rest = load<u64>(original + k); rest !== 0; rest &= rest - 1, found++)
        store<u32>(positions + (<usize>found << 2), (<u32>k << 3) | <u32>ctz(rest));
    }
  }
}

const EVEN_BITS: u64 = 0x5555555555555555;

/** All voxels wait, in eight fields by the parity of bit, row and plane. */
function letAllWait(
  occupied: usize,
  rowCount: usize,
  rowsPerPlane: usize,
  rowBytes: usize,
): void {
  for (let field: usize = 0; field < 8; field++) {
    const bits = field & 1 ? ~EVEN_BITS : EVEN_BITS;
    for (let plane = field >> 2; plane * rowsPerPlane < rowCount; plane += 2) {
      for (let inPlane = (field >> 1) & 1; inPlane < rowsPerPlane; inPlane += 2) {
        const row = plane * rowsPerPlane + inPlane;
        if (load<u8>(occupied + row) === 0) continue;
        for (let k = row * rowBytes; k < (row + 1) * rowBytes; k += 8)
          for (let rest = load<u64>(original + k) & bits; rest !== 0; rest &= rest - 1)
            wait(voxelAt((<u32>k << 3) | <u32>ctz(rest)));
      }
    }
  }
}

/** Let three neighbours of a row wait. */
// @ts-ignore: decorator
@inline
function threeWait(neighbours: i32, first: u32): void {
  if (neighbours & 1) wait(voxelAt(first));
  if (neighbours & 2) wait(voxelAt(first + 1));
  if (neighbours & 4) wait(voxelAt(first + 2));
}

/**
 * Thin a packed mask in place.
 *
 * @param originalMask a copy of it
 * @param occupied a byte for each row, as in a BitVolume; kept up to date
 * @param firstVoxels 4 bytes for each 8 of the mask
 * @param positions 4 bytes for each voxel
 * @param keepEnds whether a voxel with one neighbour stays
 * @returns the number of voxels left
 */
export function thinOrdered(
  mask: usize,
  originalMask: usize,
  occupied: usize,
  rowCount: i32,
  rowsPerPlane: i32,
  bytesOfRow: i32,
  firstVoxels: usize,
  voxels: u32,
  positions: usize,
  ranks: usize,
  behind: usize,
  levels: u32,
  lines: usize,
  tree: usize,
  keepEnds: bool,
): i32 {
  original = originalMask;
  numbers = firstVoxels;
  const rowBytes = <usize>bytesOfRow;
  const planeBytes = rowBytes * <usize>rowsPerPlane;
  const row = <u32>rowBytes << 3;
  const plane = <u32>planeBytes << 3;
  numberVoxels(occupied, rowCount, rowBytes, positions);
  startWaiting(ranks, voxels, behind, levels, lines, tree);
  letAllWait(occupied, rowCount, rowsPerPlane, rowBytes);
  while (someoneWaits()) {
    const position = load<u32>(positions + (<usize>next() << 2));
    const neighbours = surroundings(position, mask, rowBytes, planeBytes);
    if (!isSimple(neighbours)) continue;
    if (keepEnds && (neighbours & (neighbours - 1)) === 0) continue;
    const w = mask + (<usize>(position >>> 6) << 3);
    store<u64>(w, load<u64>(w) & ~((<u64>1) << <u64>(position & 63)));
    let rest = neighbours;
    for (let at = position - 1 - row - plane, line = 0; rest !== 0; rest >>>= 3, line++) {
      threeWait(rest & 7, at);
      at += line === 2 || line === 5 ? plane - 2 * row : row;
    }
  }
  return countLeft(mask, occupied, rowCount, rowBytes);
}
