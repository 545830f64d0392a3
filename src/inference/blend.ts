import type { Vec3 } from '../volume/geometry';
import { depthOf, finishedSlices, type TilePlan } from './tiles';

/** Probability 1 in the map of bytes. */
export const FULL = 255;

/** The least byte of a map that reaches a threshold of 0 … 1. */
export const leastByte = (threshold: number): number =>
  Math.min(FULL, Math.max(0, Math.ceil(threshold * FULL)));

/** Probability 1 in the 16-bit sums: eight tiles that each round up still fit. */
export const UNIT = 65_000;

/** The byte (0 … 255 for 0 … 1) of each sum. */
const BYTES = Uint8Array.from({ length: 2 ** 16 }, (_, sum) =>
  Math.min(FULL, Math.round(sum * (FULL / UNIT))),
);

/** Standard deviation of a tile's weight along an axis, as a share of the patch (nnU-Net's). */
const SIGMA = 1 / 8;

/**
 * Weights of the tiles along one axis: each is a Gaussian around the middle of its tile, divided by the sum of all
 * tiles' Gaussians at that voxel. The weight of a tile at a voxel is the product over the three axes, so the weights
 * at a voxel sum to 1 in the volume too, and no sum of weights is kept beside the sum of probabilities.
 */
export function weightsAlong(starts: readonly number[], patch: number): Float64Array[] {
  const middle = (patch - 1) / 2;
  const bell = Float64Array.from({ length: patch }, (_, i) =>
    Math.exp(-(((i - middle) / (patch * SIGMA)) ** 2) / 2),
  );
  const sums = new Float64Array(starts[starts.length - 1] + patch);
  for (const start of starts) bell.forEach((weight, i) => (sums[start + i] += weight));
  return starts.map((start) => bell.map((weight, i) => weight / sums[start + i]));
}

/** Bytes of the sums of one layer of tiles. */
export const windowBytes = (dims: Vec3, patch: Vec3): number =>
  Uint16Array.BYTES_PER_ELEMENT * dims[0] * dims[1] * depthOf({ dims, patch });

/**
 * Puts overlapping tiles of probabilities together, a slab of finished slices at a time.
 *
 * Sums exist for one layer of tiles alone: a window of patch[2] slices, 16 bits a voxel, that moves along z, whatever
 * the number of tiles. Tiles come layer by layer; in any order within a layer, with the same result to the bit.
 */
export class Blender {
  readonly #plan: TilePlan;
  readonly #weights: readonly (readonly Float64Array[])[];
  /** Sums of the slices of the window, in parts of 1/UNIT; slice z lies at z mod patch[2]. */
  readonly #window: Uint16Array;

  constructor(plan: TilePlan) {
    const { dims, patch, starts } = plan;
    this.#plan = plan;
    this.#weights = starts.map((along, axis) => weightsAlong(along, patch[axis]));
    this.#window = new Uint16Array(dims[0] * dims[1] * depthOf(plan));
  }

  /** Bytes of the window. */
  get bytes(): number {
    return this.#window.byteLength;
  }

  /**
   * Add one tile.
   *
   * @param tile probabilities, x fastest; within 0.001 of 0 … 1
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
        const weight = UNIT * wz[k] * wy[j];
        const from = (k * py + j) * px;
        const to = (((z0 + k) % depth) * ny + y0 + j) * nx + x0;
        for (let i = 0; i < width; i++) {
          const share = weight * wx[i] * tile[from + i] + 0.5;
          if (share >= 1) sums[to + i] += share;
        }
      }
  }

  /**
   * Take over what layer `tz` has in its window: the GPU ran the tiles before.
   *
   * @param given sums of the first slices of the layer, in parts of 1/UNIT, x fastest
   */
  restore(tz: number, given: Uint16Array): void {
    const { sz, depth, slice } = this.#layers();
    for (let k = 0; k * slice < given.length; k++)
      this.#window.set(given.subarray(k * slice, (k + 1) * slice), ((sz[tz] + k) % depth) * slice);
  }

  /**
   * All tiles of layer `tz` are in: the slices that no later layer reaches, as bytes (0 … 255 for 0 … 1).
   *
   * @returns the first slice, and the slices' voxels, x fastest
   */
  finishLayer(tz: number): { readonly z: number; readonly probability: Uint8Array } {
    const { sz, depth, slice } = this.#layers();
    const end = sz[tz] + finishedSlices(this.#plan, tz);
    const probability = new Uint8Array((end - sz[tz]) * slice);
    for (let z = sz[tz], to = 0; z < end; z++, to += slice) {
      const sums = this.#window.subarray((z % depth) * slice, ((z % depth) + 1) * slice);
      for (let i = 0; i < slice; i++) probability[to + i] = BYTES[sums[i]];
      sums.fill(0);
    }
    return { z: sz[tz], probability };
  }

  /** First slices of the layers of tiles, their slices, and voxels of a slice. */
  #layers() {
    const { dims, starts } = this.#plan;
    return { sz: starts[2], depth: depthOf(this.#plan), slice: dims[0] * dims[1] };
  }
}
