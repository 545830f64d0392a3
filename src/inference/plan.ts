import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import type { Backend } from './backend';
import { windowBytes } from './blend';
import type { ModelManifest } from './manifest';
import { planTiles } from './tiles';

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
}

/** What is known of the image and the machine before a run. */
export interface PlanInput {
  /** [nx, ny, nz] of the image. */
  readonly dims: Vec3;
  /** Bytes of a voxel of the image. */
  readonly voxelBytes: number;
  readonly backend: Backend;
  /** Measured on a tile of the network's own size. */
  readonly secondsPerTile: number;
  /** Memory that ONNX Runtime holds once it has run a tile, bytes. */
  readonly runtimeBytes: number;
  /** Memory that a run may take here, bytes. */
  readonly memoryLimit: number;
}

const GIGABYTE = 2 ** 30;

/**
 * The tiles, time and memory of a run; nothing of it depends on the voxels.
 *
 * @throws InputError `plan.memory` where the run would not fit
 */
export function planRun(
  { patch, overlap }: Pick<ModelManifest, 'patch' | 'overlap'>,
  { dims, voxelBytes, backend, secondsPerTile, runtimeBytes, memoryLimit }: PlanInput,
): RunPlan {
  const plan = planTiles(dims, patch, overlap);
  const bytes = runtimeBytes + runBytes(dims, patch, voxelBytes);
  checkMemory(bytes, dims, memoryLimit);
  return {
    tiles: plan.count,
    patch,
    overlap,
    backend,
    seconds: plan.count * secondsPerTile,
    bytes,
  };
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
 * tiles and the probabilities, or afterwards with probabilities, mask and what the kernels make of it.
 */
export function runBytes(dims: Vec3, patch: Vec3, voxelBytes: number): number {
  const voxels = dims[0] * dims[1] * dims[2];
  const tiles = 2 * Float32Array.BYTES_PER_ELEMENT * patch[0] * patch[1] * patch[2];
  const during = voxels + windowBytes(dims, patch) + tiles;
  const after = 3 * voxels;
  return voxelBytes * voxels + Math.max(during, after);
}

const inGigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;
