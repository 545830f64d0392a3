import type { Voxels } from '../../volume/volume';

/** Threads of a workgroup; each shader has one thread for a voxel or a word, planes along y. */
export const WORKGROUP = 256;

/** Workgroups along x where a shader goes through words without shape; the rest lies along y. */
export const ROW_OF_GROUPS = 32_768;

/** Our shaders, compiled; `gather` is the one for the image's type. */
export interface LayerPipelines {
  readonly gather: GPUComputePipeline;
  readonly blend: GPUComputePipeline;
  readonly finish: GPUComputePipeline;
  readonly runs: GPUComputePipeline;
}

/** Type of an image's array. */
export type VoxelType =
  'Int8Array' | 'Uint8Array' | 'Int16Array' | 'Uint16Array' | 'Int32Array' | 'Float32Array';

export const voxelTypeOf = (data: Voxels): VoxelType => data.constructor.name as VoxelType;

/** Voxel `i` of an image whose bytes were uploaded as they are. */
const DECODED: Readonly<Record<VoxelType, string>> = Object.freeze({
  Int8Array: 'f32(extractBits(bitcast<i32>(image[i >> 2u]), 8u * (i & 3u), 8u))',
  Uint8Array: 'f32(extractBits(image[i >> 2u], 8u * (i & 3u), 8u))',
  Int16Array: 'f32(extractBits(bitcast<i32>(image[i >> 1u]), 16u * (i & 1u), 16u))',
  Uint16Array: 'f32(extractBits(image[i >> 1u], 16u * (i & 1u), 16u))',
  Int32Array: 'f32(bitcast<i32>(image[i]))',
  Float32Array: 'bitcast<f32>(image[i])',
});

/** Copies one tile out of a slab, normalised, in the tensor's order; past the end of the image the edge repeats. */
export const gatherShader = (type: VoxelType): string => /* wgsl */ `
struct Params {
  nx: u32, ny: u32, nz: u32,
  x0: u32, y0: u32,
  px: u32, py: u32,
  sx: u32, sy: u32, sz: u32,
  offset: f32, scale: f32, low: f32, high: f32,
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> image: array<u32>;
@group(0) @binding(2) var<storage, read_write> tile: array<f32>;

fn voxel(i: u32) -> f32 { return ${DECODED[type]}; }

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= p.px * p.py) { return; }
  let x = id.x % p.px;
  let y = id.x / p.px;
  let z = id.y;
  let source = min(p.x0 + x, p.nx - 1u) + p.nx * (min(p.y0 + y, p.ny - 1u) + p.ny * min(z, p.nz - 1u));
  let value = (voxel(source) - p.offset) / p.scale;
  tile[x * p.sx + y * p.sy + z * p.sz] = clamp(value, p.low, p.high);
}
`;

/** Bits of the word in which {@link blendShader} tells of answers that are no probabilities. */
export const WRONG = Object.freeze({ range: 1, notFinite: 2 });

/**
 * Adds a tile of probabilities to the sums of its layer, weighted. Two 16-bit sums are one word; rows begin with a word,
 * and each word is one thread's, so nothing is added at the same time.
 *
 * @param unit probability 1 in the sums
 * @param tolerance how far outside 0 … 1 rounding may put a probability
 */
export const blendShader = (unit: number, tolerance: number): string => /* wgsl */ `
struct Params {
  words: u32, ny: u32,
  x0: u32, y0: u32,
  width: u32, height: u32,
  sx: u32, sy: u32, sz: u32,
  wx: u32, wy: u32, wz: u32,
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> tile: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> sums: array<u32>;
@group(0) @binding(4) var<storage, read_write> wrong: atomic<u32>;

fn share(x: u32, y: u32, z: u32, across: f32) -> u32 {
  if (x < p.x0 || x >= p.x0 + p.width) { return 0u; }
  let i = x - p.x0;
  let value = tile[i * p.sx + y * p.sy + z * p.sz];
  // by its bits: a compiler may take for granted that no number is NaN
  if ((bitcast<u32>(value) & 0x7f800000u) == 0x7f800000u) {
    atomicOr(&wrong, ${WRONG.notFinite}u);
    return 0u;
  }
  if (value < ${-tolerance} || value > ${1 + tolerance}) {
    atomicOr(&wrong, ${WRONG.range}u);
    return 0u;
  }
  return u32(max(0.0, across * weights[p.wx + i] * value + 0.5));
}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = p.x0 >> 1u;
  let words = ((p.x0 + p.width - 1u) >> 1u) - first + 1u;
  if (id.x >= words * p.height) { return; }
  let word = first + id.x % words;
  let y = id.x / words;
  let z = id.y;
  let across = ${unit}.0 * weights[p.wz + z] * weights[p.wy + y];
  let low = share(2u * word, y, z, across);
  let high = share(2u * word + 1u, y, z, across);
  let to = word + p.words * (p.y0 + y + p.ny * z);
  sums[to] += low | (high << 16u);
}
`;
