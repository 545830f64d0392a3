import type { Vec3 } from '../../volume/geometry';
import { inTensorOrder } from '../axisOrder';
import { AXES } from '../mirror';
import { coarseSlices, type CoarseAnswer } from '../coarse';
import type { ModelManifest } from '../manifest';
import type { IntensityMap } from '../normalise';
import { finishedSlices, type TilePlan } from '../tiles';
import { finishedRows, rowWords, RUNS_PER_ROW } from './layerBuffers';

/** Steps in a tensor from a voxel to its neighbours along x, y and z. */
export function tensorSteps(manifest: Pick<ModelManifest, 'patch' | 'axes'>): Vec3 {
  const sizes = inTensorOrder(manifest.patch, manifest);
  const places = inTensorOrder([AXES.x, AXES.y, AXES.z], manifest);
  const steps: [number, number, number] = [1, 1, 1];
  steps[places[1]] = sizes[2];
  steps[places[0]] = sizes[2] * sizes[1];
  return steps;
}

/** WGSL need not know infinity. */
const GREATEST = 3.4e38;

const finite = (value: number): number => Math.max(-GREATEST, Math.min(GREATEST, value));

/** Params of the gather shader. */
export function gatherParams(
  { dims: [nx, ny], patch: [px, py], starts }: TilePlan,
  depth: number,
  [tx, ty]: readonly [number, number],
  steps: Vec3,
  { offset, scale, low, high }: IntensityMap,
): ArrayBuffer {
  const whole = [nx, ny, depth, starts[0][tx], starts[1][ty], px, py, ...steps];
  const buffer = new ArrayBuffer(64);
  new Uint32Array(buffer).set(whole);
  new Float32Array(buffer).set([offset, scale, finite(low), finite(high)], whole.length);
  return buffer;
}

/** Params of the blend shader. */
export function blendParams(
  { dims: [nx, ny], patch, starts: [xs, ys] }: TilePlan,
  [tx, ty, tz]: Vec3,
  steps: Vec3,
): Uint32Array<ArrayBuffer> {
  const alongY = xs.length * patch[0];
  const alongZ = alongY + ys.length * patch[1];
  return Uint32Array.of(
    ...[rowWords(nx), ny, xs[tx], ys[ty], Math.min(nx, patch[0]), Math.min(ny, patch[1])],
    ...steps,
    ...[tx * patch[0], alongY + ty * patch[1], alongZ + tz * patch[2]],
  );
}

/** Params of the finish shader. */
export function finishParams(
  plan: TilePlan,
  tz: number,
  coarse: CoarseAnswer | undefined,
): Uint32Array<ArrayBuffer> {
  const [nx, ny] = plan.dims;
  const z = plan.starts[2][tz];
  const slices = finishedSlices(plan, tz);
  const own = [nx, ny, rowWords(nx), nx * ny * slices, z];
  if (!coarse) return Uint32Array.of(...own, 0);
  const [first] = coarseSlices(z, slices, coarse);
  return Uint32Array.of(...own, 1, ...coarse.dims, first, ...coarse.factors);
}

/** Params of the run shader. */
export const runParams = (plan: TilePlan, tz: number, least: number): Uint32Array<ArrayBuffer> =>
  Uint32Array.of(
    plan.dims[0],
    finishedRows(plan, tz),
    least,
    RUNS_PER_ROW * finishedRows(plan, tz),
  );

/** Sums of whole slices with rows that begin with a word, as the GPU has them. */
export function toRows(sums: Uint16Array, nx: number): Uint16Array<ArrayBuffer> {
  if (nx % 2 === 0) return new Uint16Array(sums);
  const rows = new Uint16Array((sums.length / nx) * (nx + 1));
  for (let from = 0, to = 0; from < sums.length; from += nx, to += nx + 1)
    rows.set(sums.subarray(from, from + nx), to);
  return rows;
}

/** The inverse of {@link toRows}. */
export function fromRows(rows: Uint16Array, nx: number): Uint16Array {
  if (nx % 2 === 0) return rows.slice();
  const sums = new Uint16Array((rows.length / (nx + 1)) * nx);
  for (let from = 0, to = 0; from < rows.length; from += nx + 1, to += nx)
    sums.set(rows.subarray(from, from + nx), to);
  return sums;
}
