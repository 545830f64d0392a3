import { type Geometry, type Vec3, worldToIndex } from './geometry';
import type { Voxels } from './volume';

/**
 * Parallel slices of one size that are tilted or lie at unequal distances, and the regular grid that stands for them:
 * along rows, columns and normal of the slices, wide enough for all. Plain data, so that it crosses to a worker.
 */
export interface Resampling {
  /**
   * Where the slices would lie if they were a regular grid: right are the dims, the size of pixels, the direction and
   * the first slice.
   */
  readonly slices: Geometry;
  /** Where a slice lies on the grid, in voxels: its first pixel stands at this column and row, which need not be whole. */
  readonly shifts: readonly (readonly [column: number, row: number])[];
  /** Height of each slice above the first plane of the grid, in voxels; rising. */
  readonly heights: readonly number[];
  readonly grid: Geometry;
}

/** Shifts of less than a thousandth of a voxel are rounding, and cost blurring for nothing. */
export const ROUNDING = 1e-3;

/** How the pixels of a slice lie under a line of the grid: pixel = place − whole, and so much of the one before. */
interface Offset {
  readonly whole: number;
  readonly share: number;
}

function offsetOf(shift: number): Offset {
  const near = Math.round(shift);
  if (Math.abs(shift - near) < ROUNDING) return { whole: near, share: 0 };
  return { whole: Math.floor(shift), share: shift - Math.floor(shift) };
}

/** Places of a line at which both neighbours lie in the slice: [first, end). */
const covered = ({ whole, share }: Offset, size: number) =>
  [whole + (share > 0 ? 1 : 0), whole + size] as const;

/** A plane of the grid that slices are added to. */
interface Sum {
  readonly values: Float32Array;
  /** What was added to each place. */
  readonly weights: Float32Array;
  readonly width: number;
}

/** A slice added to a plane, bilinear between its pixels. */
function addSlice(
  { values, weights, width }: Sum,
  pixels: Voxels,
  weight: number,
  [u, v]: readonly [Offset, Offset],
  [columns, rows]: readonly [number, number],
): void {
  const [iFrom, iTo] = covered(u, columns);
  const [jFrom, jTo] = covered(v, rows);
  // the neighbour before counts with the share, or is the pixel itself where there is none
  const [before, above] = [u.share > 0 ? 1 : 0, v.share > 0 ? columns : 0];
  const [a, b] = [u.share, v.share];
  for (let j = jFrom; j < jTo; j++) {
    const row = (j - v.whole) * columns - u.whole;
    for (let i = iFrom; i < iTo; i++) {
      const at = row + i;
      const here = (1 - a) * pixels[at]! + a * pixels[at - before]!;
      const over = (1 - a) * pixels[at - above]! + a * pixels[at - above - before]!;
      values[j * width + i]! += weight * ((1 - b) * here + b * over);
      weights[j * width + i]! += weight;
    }
  }
}

function lowest(voxels: Voxels): number {
  let low = Infinity;
  for (let i = 0; i < voxels.length; i++) if (voxels[i]! < low) low = voxels[i]!;
  return low;
}

/**
 * An image on the grid: linear between pixels and between slices, so that what is linear in space stays so. Places
 * that no slice covers get the lowest value of the image.
 *
 * @param voxels of the slices one after the other, in the order of `heights`, each row by row
 * @returns values of the same kind, whole ones rounded, x fastest
 */
export function imageOnGrid({ slices, shifts, heights, grid }: Resampling, voxels: Voxels): Voxels {
  const [columns, rows] = slices.dims;
  const size = columns * rows;
  const [nx, ny, nz] = grid.dims;
  const out = new (voxels.constructor as new (length: number) => Voxels)(nx * ny * nz);
  const isWhole = !(voxels instanceof Float32Array);
  const outside = lowest(voxels);
  const sum = {
    values: new Float32Array(nx * ny),
    weights: new Float32Array(nx * ny),
    width: nx,
  };
  const add = (s: number, weight: number) => {
    if (weight === 0) return;
    const offsets = [offsetOf(shifts[s]![0]), offsetOf(shifts[s]![1])] as const;
    const pixels = voxels.subarray(s * size, (s + 1) * size);
    addSlice(sum, pixels, weight, offsets, [columns, rows]);
  };
  for (let k = 0, s = 0; k < nz; k++) {
    const height = Math.min(k, heights.at(-1)!);
    while (s < heights.length - 2 && heights[s + 1]! <= height) s++;
    const exact = (height - heights[s]!) / (heights[s + 1]! - heights[s]!);
    const share = Math.abs(exact - Math.round(exact)) < ROUNDING ? Math.round(exact) : exact;
    sum.values.fill(0);
    sum.weights.fill(0);
    add(s, 1 - share);
    add(s + 1, share);
    for (let i = 0; i < nx * ny; i++) {
      // a place that only one of the two slices covers was not scanned
      const value = sum.weights[i]! > 1 - ROUNDING ? sum.values[i]! : outside;
      out[k * nx * ny + i] = isWhole ? Math.round(value) : value;
    }
  }
  return out;
}

/** The slice that is nearest to each plane of the grid. */
function nearestSlices({ heights, grid }: Resampling): number[] {
  let s = 0;
  return Array.from({ length: grid.dims[2] }, (_, k) => {
    while (s < heights.length - 1 && Math.abs(heights[s + 1]! - k) < Math.abs(heights[s]! - k)) s++;
    return s;
  });
}

/** The plane of the grid that is nearest to a slice. */
const nearestPlane = ({ heights, grid }: Resampling, slice: number): number =>
  Math.min(grid.dims[2] - 1, Math.round(heights[slice]!));

/** The whole voxels by which a slice is moved. */
const moveOf = ({ shifts }: Resampling, slice: number) =>
  [Math.round(shifts[slice]![0]), Math.round(shifts[slice]![1])] as const;

/**
 * A mask of the slices on the grid, each voxel from the nearest pixel of the nearest slice: a slice is moved as a
 * whole, so that nothing thin is lost. Back on the slices ({@link maskOnSlices}) it is the same, unless slices lie
 * nearer to each other than the planes of the grid.
 *
 * @param mask of the slices one after the other, x fastest
 */
export function maskOnGrid(resampling: Resampling, mask: Uint8Array): Uint8Array {
  const [columns, rows] = resampling.slices.dims;
  const [nx, ny, nz] = resampling.grid.dims;
  const out = new Uint8Array(nx * ny * nz);
  nearestSlices(resampling).forEach((s, k) => {
    const [u, v] = moveOf(resampling, s);
    for (let j = 0; j < rows; j++) {
      const from = (s * rows + j) * columns;
      out.set(mask.subarray(from, from + columns), (k * ny + j + v) * nx + u);
    }
  });
  return out;
}

/** A mask of the grid on the slices: each pixel from the nearest voxel; the way back of {@link maskOnGrid}. */
export function maskOnSlices(resampling: Resampling, mask: Uint8Array): Uint8Array {
  const [columns, rows, depth] = resampling.slices.dims;
  const [nx, ny] = resampling.grid.dims;
  const out = new Uint8Array(columns * rows * depth);
  for (let s = 0; s < depth; s++) {
    const [u, v] = moveOf(resampling, s);
    const k = nearestPlane(resampling, s);
    for (let j = 0; j < rows; j++) {
      const from = (k * ny + j + v) * nx + u;
      out.set(mask.subarray(from, from + columns), (s * rows + j) * columns);
    }
  }
  return out;
}

/** The voxel of the grid in which a pixel of a slice lies: column, row and slice in, i, j and k out. */
export function voxelOnGrid(resampling: Resampling, [column, row, slice]: Vec3): Vec3 {
  const [u, v] = moveOf(resampling, slice);
  return [column + u, row + v, nearestPlane(resampling, slice)];
}

/** The pixel that is nearest to a place (LPS mm): column, row and slice; undefined where no slice reaches. */
export function pixelAt(resampling: Resampling, world: Vec3): Vec3 | undefined {
  const { slices, heights, grid } = resampling;
  const [x, y, z] = worldToIndex(grid, world);
  const [columns, rows, depth] = slices.dims;
  if (z < -0.5 || z > heights[depth - 1]! + 0.5) return undefined;
  let slice = 0;
  while (slice < depth - 1 && Math.abs(heights[slice + 1]! - z) < Math.abs(heights[slice]! - z))
    slice++;
  const [u, v] = resampling.shifts[slice]!;
  const [column, row] = [Math.round(x - u), Math.round(y - v)];
  return column >= 0 && row >= 0 && column < columns && row < rows
    ? [column, row, slice]
    : undefined;
}
