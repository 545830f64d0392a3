// Who waits in which order: a line of voxels for each rank, first come first served, and a tree of bits over the
// ranks that finds the lowest with a line. A bit of a level of the tree stands for a word of the level below.

const IDLE: u32 = u32.MAX_VALUE;
const LAST: u32 = u32.MAX_VALUE - 1;
const ANCHORED: u32 = u32.MAX_VALUE;

let ranks: usize = 0;
/** For each voxel: who waits behind it, LAST, or IDLE where it waits not. */
let behind: usize = 0;
/** For each rank: first and last voxel of its line. */
let lines: usize = 0;

const MAX_DEPTH = 6;
/** Where the levels of the tree begin, the lowest first. */
const levelAt: usize = memory.data(MAX_DEPTH * 4);
let depth: i32 = 0;

/**
 * Nobody waits.
 * @param tree 8 bytes for each 64 ranks, for each 64 of these, and so on; all 0
 */
export function startWaiting(
  rankOf: usize,
  voxels: u32,
  behindOf: usize,
  levels: u32,
  lineOf: usize,
  tree: usize,
): void {
  ranks = rankOf;
  behind = behindOf;
  lines = lineOf;
  // Those whose turn never comes count as waiting already.
  for (let voxel: u32 = 0; voxel < voxels; voxel++)
    store<u32>(at(behind, voxel), load<u32>(at(ranks, voxel)) === ANCHORED ? LAST : IDLE);
  depth = 0;
  let from = tree;
  for (let size = levels; depth === 0 || size > 1; depth++) {
    store<u32>(levelAt + (<usize>depth << 2), <u32>from);
    size = (size + 63) >>> 6;
    from += <usize>size << 3;
  }
}

// @ts-ignore: decorator
@inline
function at(table: usize, i: u32): usize {
  return table + (<usize>i << 2);
}

/** The word of a level of the tree. */
// @ts-ignore: decorator
@inline
function wordOf(level: i32, i: u32): usize {
  return <usize>load<u32>(levelAt + (<usize>level << 2)) + (<usize>i << 3);
}

/** Let a voxel wait if it doesn't. */
// @ts-ignore: decorator
@inline
export function wait(voxel: u32): void {
  if (load<u32>(at(behind, voxel)) !== IDLE) return;
  store<u32>(at(behind, voxel), LAST);
  const rank = load<u32>(at(ranks, voxel));
  const line = lines + (<usize>rank << 3);
  if ((load<u64>(wordOf(0, rank >>> 6)) >> <u64>(rank & 63)) & 1) {
    store<u32>(at(behind, load<u32>(line, 4)), voxel);
  } else {
    store<u32>(line, voxel);
    mark(rank);
  }
  store<u32>(line, voxel, 4);
}

function mark(rank: u32): void {
  for (let level = 0; level < depth; level++) {
    const word = wordOf(level, rank >>> 6);
    const before = load<u64>(word);
    store<u64>(word, before | ((<u64>1) << <u64>(rank & 63)));
    if (before !== 0) return;
    rank >>>= 6;
  }
}

function unmark(rank: u32): void {
  for (let level = 0; level < depth; level++) {
    const word = wordOf(level, rank >>> 6);
    const after = load<u64>(word) & ~((<u64>1) << <u64>(rank & 63));
    store<u64>(word, after);
    if (after !== 0) return;
    rank >>>= 6;
  }
}

// @ts-ignore: decorator
@inline
export function someoneWaits(): bool {
  return load<u64>(wordOf(depth - 1, 0)) !== 0;
}

/** The voxel whose turn it is; it waits no more. */
// @ts-ignore: decorator
@inline
export function next(): u32 {
  let rank: u32 = 0;
  for (let level = depth - 1; level >= 0; level--)
    rank = (rank << 6) | <u32>ctz(load<u64>(wordOf(level, rank)));
  const line = lines + (<usize>rank << 3);
  const voxel = load<u32>(line);
  const second = load<u32>(at(behind, voxel));
  if (second === LAST) unmark(rank);
  else store<u32>(line, second);
  store<u32>(at(behind, voxel), IDLE);
  return voxel;
}
