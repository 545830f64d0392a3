import type { Vec3 } from '../../volume/geometry';
import { inWords, USAGE, type BufferSizes } from '../../webgpu/buffers';
import { coarseSlices, type CoarseAnswer } from '../coarse';
import { depthOf, finishedSlices, type TilePlan } from '../tiles';

/** Tiles of a layer whose steps are timed. */
export const TIMED = 512;

/** Moments of a tile: begin and end of the gathering, begin and end of the blending. */
export const MOMENTS = 4;

const TIMESTAMP = 8;

/** Words of a row of 16-bit sums. */
export const rowWords = (nx: number): number => Math.ceil(nx / 2);

/** Runs that rows have room for on average; where a mask is more ragged they are looked for on the processor. */
export const RUNS_PER_ROW = 8;

/** Rows of the slices that a layer finishes. */
export const finishedRows = (plan: TilePlan, tz: number): number =>
  plan.dims[1] * finishedSlices(plan, tz);

const count = ([x, y, z]: Vec3): number => x * y * z;

/** What lies where in the buffer that is read back once a layer, bytes; with runs, or without. */
export function readBackOf(plan: TilePlan, tz: number, timed: number, hasRuns: boolean) {
  const [nx, ny] = plan.dims;
  const slices = finishedSlices(plan, tz);
  const finished = inWords(nx * ny * slices);
  const carried = 4 * rowWords(nx) * ny * Math.max(0, depthOf(plan) - slices);
  const wrong = finished + carried;
  const rows = wrong + 4;
  const runs = rows + (hasRuns ? 8 * finishedRows(plan, tz) : 0);
  const taken = runs + (hasRuns ? 4 * RUNS_PER_ROW * finishedRows(plan, tz) : 0);
  // timestamps are read as 64-bit numbers
  const timestamps = 8 * Math.ceil((taken + (hasRuns ? 4 : 0)) / 8);
  return {
    finished,
    carried,
    ...{ wrong, rows, runs, taken, timestamps },
    size: timestamps + timed * MOMENTS * TIMESTAMP,
  };
}

/**
 * Buffers of the layers of an image on the GPU, besides the network's own.
 *
 * @param voxelBytes of a voxel of the image
 * @param coarse grid of the coarse pass that the slices are raised to
 */
export function layerBufferSizes(plan: TilePlan, voxelBytes: number, coarse?: CoarseGrid) {
  const { dims, patch, starts } = plan;
  const [nx, ny] = dims;
  const depth = depthOf(plan);
  // ONNX Runtime computes four numbers at a time, and leaves the last ones out where a buffer ends among them.
  const tile = 16 * Math.ceil(count(patch) / 4);
  const weights = starts.reduce((sum, along, axis) => sum + along.length * patch[axis], 0);
  const timed = Math.min(TIMED, starts[0].length * starts[1].length);
  const sums = 4 * rowWords(nx) * ny * depth;
  const ends = starts[2].map((_, tz) => readBackOf(plan, tz, timed, true).size);
  const { storage, copySource, copyTarget, mapRead, uniform, queryResolve } = USAGE;
  return {
    image: { size: inWords(nx * ny * depth * voxelBytes), usage: storage | copyTarget },
    tile: { size: tile, usage: storage | copySource | copyTarget },
    answer: { size: tile, usage: storage | copySource | copyTarget },
    flat: { size: tile, usage: storage | copyTarget },
    weights: { size: 4 * weights, usage: storage | copyTarget },
    sums: { size: sums, usage: storage | copySource | copyTarget },
    finished: { size: inWords(nx * ny * depth), usage: storage | copySource },
    coarse: { size: inWords(coarse ? coarseVoxels(plan, coarse) : 0), usage: storage | copyTarget },
    rows: { size: 8 * ny * depth, usage: storage | copySource },
    runs: { size: 4 * RUNS_PER_ROW * ny * depth, usage: storage | copySource },
    taken: { size: 4, usage: storage | copySource | copyTarget },
    wrong: { size: 4, usage: storage | copySource | copyTarget },
    gatherParams: { size: 64, usage: uniform | copyTarget },
    blendParams: { size: 64, usage: uniform | copyTarget },
    finishParams: { size: 64, usage: uniform | copyTarget },
    runParams: { size: 16, usage: uniform | copyTarget },
    timestamps: { size: timed * MOMENTS * TIMESTAMP, usage: queryResolve | copySource },
    readBack: { size: Math.max(sums + 4, ...ends), usage: mapRead | copyTarget },
  } satisfies BufferSizes<string>;
}

type CoarseGrid = Pick<CoarseAnswer, 'dims' | 'factors'>;

/** Most voxels of the coarse grid that the slices of one layer lie in. */
function coarseVoxels(plan: TilePlan, coarse: CoarseGrid): number {
  const slices = plan.starts[2].map((z, tz) => {
    const [first, end] = coarseSlices(z, finishedSlices(plan, tz), coarse);
    return end - first;
  });
  return coarse.dims[0] * coarse.dims[1] * Math.max(...slices);
}

export type LayerBuffer = keyof ReturnType<typeof layerBufferSizes>;

/** Bytes of all of them. */
export const layerBytes = (plan: TilePlan, voxelBytes: number, coarse?: CoarseGrid): number =>
  Object.values(layerBufferSizes(plan, voxelBytes, coarse)).reduce(
    (sum, { size }) => sum + size,
    0,
  );
