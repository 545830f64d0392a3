/** Threads of a workgroup; each has one word of the volume. */
export const WORKGROUP = 64;

/** Workgroups along x; the rest lies along y. */
export const ROW_OF_GROUPS = 32_768;

/** What both shaders know: the volume, which words of it are looked at, and the tests of `neighbourhood.ts`. */
const COMMON = /* wgsl */ `
struct Params {
  count: u32, rowWords: u32, rowsPerPlane: u32,
  // of a side: its axis in the packed form (0: row, 1: plane, 2: bit) and step; of a field: its parities
  which: u32, step: i32,
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> words: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read> looked: array<u32>;
@group(0) @binding(3) var<storage, read_write> candidates: array<u32>;

fn three_bits(word: u32, shift: u32) -> u32 {
  var low = atomicLoad(&words[word]) >> shift;
  if (shift >= 30u) { low |= atomicLoad(&words[word + 1u]) << (32u - shift); }
  return low & 7u;
}

// 26 neighbours as bits a + 3b + 9c; bit 13, the voxel itself, is 0
fn neighbourhood(word: u32, bit: u32) -> u32 {
  let first = 32u * word + bit - 1u;
  let shift = first & 31u;
  let here = first >> 5u;
  let plane = p.rowWords * p.rowsPerPlane;
  var found = 0u;
  for (var c = 0u; c < 3u; c++) {
    for (var b = 0u; b < 3u; b++) {
      let at = here + c * plane + b * p.rowWords - plane - p.rowWords;
      found |= three_bits(at, shift) << (3u * b + 9u * c);
    }
  }
  return found & ~(1u << 13u);
}

fn is_one_component(neighbours: u32) -> bool {
  var reached = neighbours & (0u - neighbours);
  if (reached == 0u) { return false; }
  loop {
    var grown = reached | ((reached << 1u) & 0x6db6db6u) | ((reached >> 1u) & 0x36db6dbu);
    grown |= ((grown << 3u) & 0x7e3f1f8u) | ((grown >> 3u) & 0x0fc7e3fu);
    grown = (grown | (grown << 9u) | (grown >> 9u)) & neighbours;
    if (grown == neighbours) { return true; }
    if (grown == reached) { return false; }
    reached = grown;
  }
}

fn keeps_euler(neighbours: u32) -> bool {
  let pairs_bit = neighbours | (neighbours >> 1u);
  let pairs_row = neighbours | (neighbours >> 3u);
  let squares = pairs_bit | (pairs_bit >> 3u);
  let corners = countOneBits((squares | (squares >> 9u)) & 0x361bu);
  let faces = countOneBits(neighbours & 0x415410u);
  let edges = countOneBits(squares & 0x3600u)
    + countOneBits((pairs_bit | (pairs_bit >> 9u)) & 0x3018u)
    + countOneBits((pairs_row | (pairs_row >> 9u)) & 0x2412u);
  return corners + faces == edges + 1u;
}

fn is_simple(neighbours: u32) -> bool {
  return keeps_euler(neighbours) && is_one_component(neighbours);
}

fn index_of(id: vec3u) -> u32 { return id.x + ${ROW_OF_GROUPS * WORKGROUP}u * id.y; }
`;

/** For each word looked at the voxels that lie bare on a side, end no line and are simple. */
export const CANDIDATES = /* wgsl */ `${COMMON}
fn beside(w: u32, word: u32) -> u32 {
  if (p.which == 2u) {
    if (p.step == 1) { return (word >> 1u) | (atomicLoad(&words[w + 1u]) << 31u); }
    return (word << 1u) | (atomicLoad(&words[w - 1u]) >> 31u);
  }
  let reach = select(p.rowWords * p.rowsPerPlane, p.rowWords, p.which == 0u);
  return atomicLoad(&words[select(w - reach, w + reach, p.step == 1)]);
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = index_of(id);
  if (i >= p.count) { return; }
  let w = looked[i];
  let word = atomicLoad(&words[w]);
  var found = 0u;
  if (word != 0u) {
    var bare = word & ~beside(w, word);
    while (bare != 0u) {
      let bit = countTrailingZeros(bare);
      bare &= bare - 1u;
      let neighbours = neighbourhood(w, bit);
      if (countOneBits(neighbours) != 1u && is_simple(neighbours)) { found |= 1u << bit; }
    }
  }
  candidates[i] = found;
}
`;

/** Deletes the candidates of one field that are still simple. No two voxels of a field touch, so none sees another go. */
export const DELETE = /* wgsl */ `${COMMON}
@group(0) @binding(4) var<storage, read_write> deleted: atomic<u32>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = index_of(id);
  if (i >= p.count) { return; }
  var left = candidates[i] & (0x55555555u << (p.which & 1u));
  if (left == 0u) { return; }
  let w = looked[i];
  let row = w / p.rowWords;
  let plane = row / p.rowsPerPlane;
  if (((row - plane * p.rowsPerPlane) & 1u) != ((p.which >> 1u) & 1u)) { return; }
  if ((plane & 1u) != (p.which >> 2u)) { return; }
  var gone = 0u;
  while (left != 0u) {
    let bit = countTrailingZeros(left);
    left &= left - 1u;
    if (is_simple(neighbourhood(w, bit))) { gone |= 1u << bit; }
  }
  if (gone == 0u) { return; }
  atomicAnd(&words[w], ~gone);
  atomicStore(&deleted, 1u);
}
`;
