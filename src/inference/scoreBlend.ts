import type { Vec3 } from '../volume/geometry';
import type { TilePlan } from './tiles';

/** Standard deviation of a tile's weight along an axis, as a share of the patch (nnU-Net's). */
const SIGMA = 1 / 8;

/** First voxel of a tile along an axis, from which tiles reach past both ends alike where the volume is smaller. */
export const centredStart = (start: number, patch: number, length: number): number =>
  length < patch ? -Math.floor((patch - length) / 2) : start;

/**
 * Weights of the tiles along one axis, as shares of their sum at each voxel. The Gaussian's middle is the voxel that
 * nnU-Net takes (half of the patch, rounded down), so that results agree.
 */
function weightsAlong(starts: readonly number[], patch: number, length: number): Float64Array[] {
  const bell = Float64Array.from({ length: patch }, (_, i) =>
    Math.exp(-(((i - Math.floor(patch / 2)) / (patch * SIGMA)) ** 2) / 2),
  );
  const sums = new Float64Array(Math.max(length, patch));
  for (const start of starts) bell.forEach((weight, i) => (sums[start + i] += weight));
  return starts.map((start) => bell.map((weight, i) => weight / sums[start + i]));
}

/**
 * Puts overlapping tiles of scores (logits, which have no bounds) together, in 32-bit floats for the whole volume:
 * they are resampled before they become probabilities.
 */
export class ScoreBlender {
  /** Channel after channel, each x fastest. */
  readonly scores: Float32Array;
  readonly #plan: TilePlan;
  readonly #channels: number;
  readonly #weights: readonly (readonly Float64Array[])[];

  constructor(plan: TilePlan, channels: number) {
    const { dims, patch, starts } = plan;
    this.#plan = plan;
    this.#channels = channels;
    this.#weights = starts.map((along, axis) => weightsAlong(along, patch[axis], dims[axis]));
    this.scores = new Float32Array(channels * dims[0] * dims[1] * dims[2]);
  }

  /**
   * Add one tile.
   *
   * @param tile its channels one after the other, each x fastest
   * @param place which tile along x, y and z
   */
  add(tile: Float32Array, place: Vec3): void {
    const { dims, patch, starts } = this.#plan;
    const [nx, ny, nz] = dims;
    const [px, py, pz] = patch;
    const [x0, y0, z0] = ([0, 1, 2] as const).map((axis) =>
      centredStart(starts[axis][place[axis]], patch[axis], dims[axis]),
    );
    const [wx, wy, wz] = ([0, 1, 2] as const).map((axis) => this.#weights[axis][place[axis]]);
    for (let c = 0; c < this.#channels; c++)
      for (let k = Math.max(0, -z0); k < pz && z0 + k < nz; k++)
        for (let j = Math.max(0, -y0); j < py && y0 + j < ny; j++) {
          const weight = wz[k] * wy[j];
          const from = ((c * pz + k) * py + j) * px;
          const to = ((c * nz + z0 + k) * ny + y0 + j) * nx + x0;
          for (let i = Math.max(0, -x0); i < px && x0 + i < nx; i++)
            this.scores[to + i] += weight * wx[i] * tile[from + i];
        }
  }
}
