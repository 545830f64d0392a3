import type { Box } from '../volume/box';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { checkLimits } from '../webgpu/buffers';
import { GpuError } from '../webgpu/fault';
import { tileByTile, type Backend } from './backend';
import { windowBytes } from './blend';
import { runsWithScores, type ModelManifest } from './manifest';
import { runsPerTile } from './mirror';
import { passesOf, tilePlanOf, type Pass } from './passes';
import { channelCount, predictionOf, scoringOf } from './scores';
import type { GpuState } from './session';
import { layerBufferSizes, layerBytes } from './webgpu/layerBuffers';

/** What a run is going to take, told before it begins. */
export interface RunPlan {
  readonly tiles: number;
  /** Voxels of a tile. */
  readonly patch: Vec3;
  /** Least overlap of neighbouring tiles, voxels. */
  readonly overlap: Vec3;
  readonly backend: Backend;
  /** Of the network on all tiles, seconds; tiles of one value are not run, so it may take less. */
  readonly seconds: number;
  /** Most memory of the worker at once, bytes; without what the GPU holds. */
  readonly bytes: number;
  /** Most memory on the GPU at once, bytes, where one is used. */
  readonly gpuBytes?: number;
}

/** What is known of the image and the machine before a run. */
export interface PlanInput {
  /** [nx, ny, nz] of the image. */
  readonly dims: Vec3;
  /** Its voxel size, mm. */
  readonly spacing: Vec3;
  /** The part that is run; all unless said. */
  readonly region?: Box;
  /** Bytes of a voxel of the image. */
  readonly voxelBytes: number;
  readonly backend: Backend;
  /** Measured on a tile of the network's own size. */
  readonly secondsPerTile: number;
  /** Where a GPU runs the model: what the network holds there once it has run a tile, and how large buffers may be. */
  readonly gpu?: Pick<GpuState, 'bytes' | 'limits'>;
  /** Memory that ONNX Runtime holds once it has run a tile, bytes. */
  readonly runtimeBytes: number;
  /** Memory that a run may take here, bytes. */
  readonly memoryLimit: number;
}

const GIGABYTE = 2 ** 30;

/**
 * The tiles, time and memory of a run; nothing of it depends on the voxels, so a box that is cut out first makes less
 * of all three.
 *
 * @throws InputError `plan.memory` where the run would not fit
 */
export function planRun(
  manifest: ModelManifest,
  {
    dims,
    spacing,
    region,
    voxelBytes,
    backend,
    gpu,
    secondsPerTile,
    runtimeBytes,
    memoryLimit,
  }: PlanInput,
): RunPlan {
  const { patch, overlap } = manifest;
  const passes = passesOf(manifest, { dims, spacing }, region);
  const tiles = (passes as readonly Pass[]).reduce(
    (sum, pass) => sum + tilePlanOf(manifest, pass).count,
    0,
  );
  const bytes = runtimeBytes + runBytes(manifest, { dims, spacing }, voxelBytes);
  checkMemory(bytes, dims, memoryLimit);
  return {
    tiles,
    patch,
    overlap,
    ...onGpu(manifest, passes, voxelBytes, backend, gpu),
    seconds: tiles * runsPerTile(manifest) * secondsPerTile,
    bytes,
  };
}

/**
 * What the GPU is going to hold: the network's buffers and those of a layer of tiles. Where a layer has no room, tiles go
 * there one by one.
 */
function onGpu(
  manifest: ModelManifest,
  passes: ReturnType<typeof passesOf>,
  voxelBytes: number,
  backend: Backend,
  gpu: PlanInput['gpu'],
): Pick<RunPlan, 'backend' | 'gpuBytes'> {
  if (!gpu) return { backend };
  if (runsWithScores(manifest)) return { backend, gpuBytes: gpu.bytes };
  const [fine, coarse] = passes;
  const needed: Parameters<typeof layerBufferSizes>[] = [
    [tilePlanOf(manifest, fine), voxelBytes, coarse],
  ];
  if (coarse) needed.push([tilePlanOf(manifest, coarse), voxelBytes]);
  try {
    for (const one of needed) checkLimits(layerBufferSizes(...one), gpu.limits);
  } catch (error) {
    if (!(error instanceof GpuError)) throw error;
    return { backend: tileByTile(backend, error.message), gpuBytes: gpu.bytes };
  }
  const layers = Math.max(...needed.map((one) => layerBytes(...one)));
  return { backend, gpuBytes: gpu.bytes + layers };
}

/** @throws InputError `plan.memory` where a run would not fit, with the numbers */
export function checkMemory(bytes: number, dims: Vec3, limit: number): void {
  if (bytes > limit)
    throw new InputError(
      'plan.memory',
      `The series of ${dims.join('×')} voxels needs ${inGigabytes(bytes)} of memory with this model, and about ${inGigabytes(limit)} are to be had; choose a smaller series.`,
    );
}

/**
 * Most bytes of all arrays of a run at once, besides ONNX Runtime's own: the image with the blender's window, two
 * tiles and the probabilities, or afterwards with probabilities, mask and what the kernels make of it. A model with
 * scores has those of the whole volume instead of the window.
 */
export function runBytes(
  manifest: ModelManifest,
  { dims, spacing }: Pick<PlanInput, 'dims' | 'spacing'>,
  voxelBytes: number,
): number {
  const { patch } = manifest;
  const voxels = count(dims);
  const [fine, second] = passesOf(manifest, { dims, spacing }, undefined);
  const tiles = FLOAT * (1 + channelCount(manifest)) * count(patch);
  const blending = runsWithScores(manifest)
    ? scoreBytes(manifest, voxels, count(fine.dims))
    : windowBytes(dims, patch);
  const coarse = second ? (voxelBytes + 1) * count(second.dims) : 0;
  const during = voxels + blending + tiles + coarse;
  const after = 3 * voxels;
  return voxelBytes * voxels + Math.max(during, after);
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** Scores on the grid of the training; where that is another one, the image on both, then the scores on both. */
function scoreBytes(manifest: ModelManifest, voxels: number, resampled: number): number {
  const scores = FLOAT * scoringOf(predictionOf(manifest)).kept * resampled;
  if (resampled === voxels) return scores;
  return FLOAT * resampled + Math.max(FLOAT * voxels, scores + (scores / resampled) * voxels);
}

const count = ([x, y, z]: Vec3): number => x * y * z;

const inGigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;
