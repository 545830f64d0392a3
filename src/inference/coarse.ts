import { boxBetween, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';

/** How many voxels of the image along each axis make one of the coarse grid. */
export type Factors = Vec3;

/** What a coarse pass says of the whole image. */
export interface CoarseAnswer {
  /** 0 … 255 for 0 … 1, x fastest. */
  readonly probability: Uint8Array;
  /** Of the coarse grid. */
  readonly dims: Vec3;
  readonly factors: Factors;
}

/**
 * The grid of a coarse pass: voxels of twice the size along each axis that is not coarse already, so that thick
 * slices come closer to cubes.
 *
 * @param dims [nx, ny, nz] of the image
 * @param spacing of the image, mm
 */
export function coarseGrid(dims: Vec3, spacing: Vec3): { dims: Vec3; factors: Factors } {
  const finest = Math.min(...spacing);
  const factors = spacing.map((edge) => (edge < 2 * finest ? 2 : 1)) as unknown as Factors;
  const halved = dims.map((n, axis) => Math.ceil(n / factors[axis])) as unknown as Vec3;
  return { dims: halved, factors };
}

/** The coarse voxels that a region's probabilities are raised to, see {@link raise}. */
export function coarseRegion({ start, dims }: Box, to: Vec3, factors: Factors): Box {
  const last = start.map((from, axis) => from + dims[axis] - 1);
  return boxBetween(
    start.map((i, axis) => (i + 0.5) / factors[axis] - 0.5),
    last.map((i, axis) => (i + 0.5) / factors[axis] - 0.5),
    to,
  );
}

/**
 * The image on its coarse grid: means of blocks, of the image's type; blocks at the end may hold fewer voxels.
 *
 * @param data x fastest
 */
export function averaged<T extends Voxels>(data: T, dims: Vec3, to: Vec3, factors: Factors): T {
  const [nx, ny, nz] = dims;
  const isFloat = data instanceof Float32Array;
  const result = new (data.constructor as new (length: number) => T)(to[0] * to[1] * to[2]);
  const sums = new Float64Array(to[0]);
  for (let z = 0, at = 0; z < to[2]; z++)
    for (let y = 0; y < to[1]; y++) {
      sums.fill(0);
      const lastZ = Math.min(nz, (z + 1) * factors[2]);
      const lastY = Math.min(ny, (y + 1) * factors[1]);
      for (let k = z * factors[2]; k < lastZ; k++)
        for (let j = y * factors[1]; j < lastY; j++) {
          const row = nx * (j + ny * k);
          for (let i = 0; i < nx; i++) sums[Math.floor(i / factors[0])] += data[row + i];
        }
      const rows = (lastZ - z * factors[2]) * (lastY - y * factors[1]);
      for (let x = 0; x < to[0]; x++, at++) {
        const mean = sums[x] / (rows * (Math.min(nx, (x + 1) * factors[0]) - x * factors[0]));
        result[at] = isFloat ? mean : Math.round(mean);
      }
    }
  return result;
}

/**
 * Raise the probabilities of slices of an image to those of its coarse pass, linear between the centres of coarse
 * voxels.
 *
 * @param slab whole slices, changed in place; x fastest
 * @param firstZ slice of the image that the slab begins with
 * @param dims of the image
 */
export function raise(
  slab: Uint8Array,
  firstZ: number,
  dims: Vec3,
  { probability: coarse, dims: from, factors }: CoarseAnswer,
): void {
  const [xs, ys, zs] = [0, 1, 2].map((axis) => places(dims[axis], from[axis], factors[axis]));
  const plane = from[0] * from[1];
  const flat = new Float32Array(plane);
  const row = new Float32Array(from[0]);
  for (let z = firstZ, at = 0; at < slab.length; z++) {
    const below = zs.first[z] * plane;
    const above = zs.second[z] * plane;
    for (let i = 0; i < plane; i++)
      flat[i] = coarse[below + i] + zs.share[z] * (coarse[above + i] - coarse[below + i]);
    for (let y = 0; y < dims[1]; y++) {
      const near = ys.first[y] * from[0];
      const far = ys.second[y] * from[0];
      for (let i = 0; i < from[0]; i++)
        row[i] = flat[near + i] + ys.share[y] * (flat[far + i] - flat[near + i]);
      for (let x = 0; x < dims[0]; x++, at++) {
        const left = row[xs.first[x]];
        const value = Math.round(left + xs.share[x] * (row[xs.second[x]] - left));
        if (value > slab[at]) slab[at] = value;
      }
    }
  }
}

/**
 * The slices of the coarse grid that {@link raise} looks at for some of the image.
 *
 * @returns the first, and one past the last
 */
export function coarseSlices(
  firstZ: number,
  slices: number,
  { dims, factors }: Pick<CoarseAnswer, 'dims' | 'factors'>,
): readonly [number, number] {
  const { first, second } = places(firstZ + slices, dims[2], factors[2]);
  return [first[firstZ], second[firstZ + slices - 1] + 1];
}

/**
 * Whether the coarse pass gives no voxel of a box of the image, nor one beside it, a probability.
 *
 * @param least of the probabilities looked for, 0 … 255
 */
export function isQuiet(
  { probability, dims: from, factors }: CoarseAnswer,
  box: Box,
  least: number,
): boolean {
  const { start, dims } = coarseRegion(box, from, factors);
  for (let z = start[2]; z < start[2] + dims[2]; z++)
    for (let y = start[1]; y < start[1] + dims[1]; y++) {
      const row = start[0] + from[0] * (y + from[1] * z);
      for (let i = row; i < row + dims[0]; i++) if (probability[i] >= least) return false;
    }
  return true;
}

/** For each voxel of an axis the coarse voxels around its centre, and the share of the second. */
function places(length: number, coarse: number, factor: number) {
  const first = new Int32Array(length);
  const second = new Int32Array(length);
  const share = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const place = Math.max(0, (i + 0.5) / factor - 0.5);
    first[i] = Math.min(coarse - 1, Math.floor(place));
    second[i] = Math.min(coarse - 1, first[i] + 1);
    share[i] = place - first[i];
  }
  return { first, second, share };
}
