import { ROW_OF_GROUPS, WORKGROUP } from './shaders';

/**
 * Makes bytes (0 … 255 for 0 … 1) of the sums of finished slices, four to a word, x fastest without gaps. Where there is
 * a coarse answer they are raised to it as `raise` in coarse.ts does: its voxels are as large or twice as large, so
 * shares are quarters and whole numbers tell all.
 *
 * @param unit probability 1 in the sums
 * @param full probability 1 in the bytes
 */
export const finishShader = (unit: number, full: number): string => /* wgsl */ `
struct Params {
  nx: u32, ny: u32, words: u32, count: u32,
  z0: u32, hasCoarse: u32,
  cx: u32, cy: u32, cz: u32, c0: u32,
  fx: u32, fy: u32, fz: u32,
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> sums: array<u32>;
@group(0) @binding(2) var<storage, read> coarse: array<u32>;
@group(0) @binding(3) var<storage, read_write> bytes: array<u32>;

/** The coarse voxels around a voxel's centre along one axis of n of them, and the quarters of the second. */
fn place(i: u32, factor: u32, n: u32) -> vec3u {
  let quarters = select(4u * i, max(2u * i, 1u) - 1u, factor == 2u);
  let first = min(quarters >> 2u, n - 1u);
  return vec3u(first, min(first + 1u, n - 1u), quarters & 3u);
}

fn coarseAt(x: u32, row: u32) -> u32 {
  let i = x + p.cx * row;
  return extractBits(coarse[i >> 2u], 8u * (i & 3u), 8u);
}

fn coarseRow(x: vec3u, row: u32) -> u32 {
  return (4u - x.z) * coarseAt(x.x, row) + x.z * coarseAt(x.y, row);
}

fn coarseSlice(x: vec3u, y: vec3u, z: u32) -> u32 {
  let first = p.cy * (z - p.c0);
  return (4u - y.z) * coarseRow(x, first + y.x) + y.z * coarseRow(x, first + y.y);
}

fn byte(i: u32) -> u32 {
  if (i >= p.count) { return 0u; }
  let x = i % p.nx;
  let row = i / p.nx;
  let sum = extractBits(sums[(x >> 1u) + p.words * row], 16u * (x & 1u), 16u);
  // rounded to the nearest without leaving the whole numbers
  let own = (2u * ${full}u * sum + ${unit}u) / ${2 * unit}u;
  if (p.hasCoarse == 0u) { return own; }
  let atX = place(x, p.fx, p.cx);
  let atY = place(row % p.ny, p.fy, p.cy);
  let atZ = place(p.z0 + row / p.ny, p.fz, p.cz);
  let seen = (4u - atZ.z) * coarseSlice(atX, atY, atZ.x) + atZ.z * coarseSlice(atX, atY, atZ.y);
  return max(own, (seen + 32u) >> 6u);
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let word = id.x + ${ROW_OF_GROUPS * WORKGROUP}u * id.y;
  let i = 4u * word;
  if (i >= p.count) { return; }
  bytes[word] = byte(i) | (byte(i + 1u) << 8u) | (byte(i + 2u) << 16u) | (byte(i + 3u) << 24u);
}
`;

/**
 * The seeds of components: the runs of vessel voxels along x, a thread for each row of the finished slices. A row takes
 * its place among the runs as it comes, so rows lie in any order; where they do not fit the count tells.
 */
export const runShader = /* wgsl */ `
struct Params { nx: u32, rows: u32, least: u32, capacity: u32 }
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;
@group(0) @binding(2) var<storage, read_write> rows: array<vec2u>; // first run, runs
@group(0) @binding(3) var<storage, read_write> runs: array<u32>; // first x, and one past the last in the upper half
@group(0) @binding(4) var<storage, read_write> taken: atomic<u32>;

fn isVessel(x: u32, row: u32) -> bool {
  let i = x + p.nx * row;
  return x < p.nx && extractBits(bytes[i >> 2u], 8u * (i & 3u), 8u) >= p.least;
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= p.rows) { return; }
  var count = 0u;
  var before = false;
  for (var x = 0u; x < p.nx; x++) {
    let here = isVessel(x, row);
    if (here && !before) { count++; }
    before = here;
  }
  let first = atomicAdd(&taken, count);
  rows[row] = vec2u(first, count);
  if (first + count > p.capacity) { return; }
  var at = first;
  var start = 0u;
  before = false;
  for (var x = 0u; x <= p.nx; x++) {
    let here = isVessel(x, row);
    if (here && !before) { start = x; }
    if (before && !here) {
      runs[at] = start | (x << 16u);
      at++;
    }
    before = here;
  }
}
`;
