import type { Vec3 } from '../volume/geometry';
import type { TilePlan } from './tiles';

/** Probability 1 in the map of bytes. */
export const FULL = 255;

/**
 * Weights of the tiles along one axis: each falls linearly over the overlap towards both ends of its tile, and the
 * tiles' weights at a voxel sum to 1. The weight of a tile at a voxel is the product over the three axes, so these
 * sum to 1 in the volume too, and no sum of weights is kept beside the sum of probabilities.
 */
function weightsAlong(starts: readonly number[], patch: number, overlap: number): Float32Array[] {
  const ramp = Float64Array.from({ length: patch }, (_, i) =>
    Math.min(1, (Math.min(i, patch - 1 - i) + 1) / overlap),
  );
  const sums = new Float64Array(starts[starts.length - 1] + patch);
  for (const start of starts) ramp.forEach((weight, i) => (sums[start + i] += weight));
  return starts.map((start) => Float32Array.from(ramp, (weight, i) => weight / sums[start + i]));
}

/**
 * Puts overlapping tiles of probabilities together to a map of bytes (0 … 255 for 0 … 1).
 *
 * Floats exist for one layer of tiles alone: a window of patch[2] slices that moves along z. Tiles come layer by
 * layer; in any order within a layer.
 */
export class Blender {
  /** The map, x fastest; complete after the last {@link finishLayer}. */
  readonly probability: Uint8Array;
  readonly #plan: TilePlan;
  readonly #weights: readonly (readonly Float32Array[])[];
  /** Sums of the slices of the window; slice z lies at z mod patch[2]. */
  readonly #window: Float32Array;

  constructor(plan: TilePlan) {
    const { dims, patch, overlap, starts } = plan;
    const [nx, ny, nz] = dims;
    this.#plan = plan;
    this.#weights = starts.map((along, axis) => weightsAlong(along, patch[axis], overlap[axis]));
    this.#window = new Float32Array(nx * ny * Math.min(patch[2], nz));
    this.probability = new Uint8Array(nx * ny * nz);
  }

  /** Bytes of the window and the map. */
  get bytes(): number {
    return this.#window.byteLength + this.probability.byteLength;
  }

  /**
   * Add one tile.
   *
   * @param tile probabilities, x fastest; within 0.001 of 0 … 1, so that none leaves the range of a byte
   * @param place which tile along x, y and z
   */
  add(tile: Float32Array, [tx, ty, tz]: Vec3): void {
    const {
      dims: [nx, ny, nz],
      patch: [px, py, pz],
      starts: [sx, sy, sz],
    } = this.#plan;
    const [wx, wy, wz] = [this.#weights[0][tx], this.#weights[1][ty], this.#weights[2][tz]];
    const [x0, y0, z0] = [sx[tx], sy[ty], sz[tz]];
    const sums = this.#window;
    const depth = Math.min(pz, nz);
    const [width, height] = [Math.min(px, nx), Math.min(py, ny)];
    for (let k = 0; k < depth; k++)
      for (let j = 0; j < height; j++) {
        const weight = wz[k] * wy[j];
        const from = (k * py + j) * px;
        const to = (((z0 + k) % depth) * ny + y0 + j) * nx + x0;
        for (let i = 0; i < width; i++) sums[to + i] += weight * wx[i] * tile[from + i];
      }
  }

  /** All tiles of layer `tz` are in: the slices that no later layer reaches become bytes. */
  finishLayer(tz: number): void {
    const {
      dims: [nx, ny, nz],
      patch,
      starts: [, , sz],
    } = this.#plan;
    const depth = Math.min(patch[2], nz);
    const end = tz + 1 < sz.length ? sz[tz + 1] : nz;
    const slice = nx * ny;
    for (let z = sz[tz]; z < end; z++) {
      const sums = this.#window.subarray((z % depth) * slice, ((z % depth) + 1) * slice);
      const bytes = this.probability.subarray(z * slice, (z + 1) * slice);
      for (let i = 0; i < slice; i++) bytes[i] = Math.round(sums[i] * FULL);
      sums.fill(0);
    }
  }
}
