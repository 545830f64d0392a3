import type { Vec3 } from './geometry';

/** Nearest neighbour, linear, or cubic B-spline through the voxels. */
export type ResizeOrder = 0 | 1 | 3;

/** Pole of the cubic B-spline's filter (Unser, Aldroubi and Eden 1993). */
const POLE = Math.sqrt(3) - 2;

/** Voxels by which a line is continued before it is filtered; the pole to this power is below 10⁻⁶. */
const PADDING = 12;

/** Lines that are worked on together; so their buffer stays in the cache. */
const LINES = 256;

/** The voxels that a new voxel along an axis is made of, and their weights. */
interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/**
 * A volume on a grid of other dims over the same extent: the outer faces of both grids coincide, and the image goes
 * on beyond them with the voxels at its edge. Axes are treated one after the other. Cubic splines overshoot, so the
 * result is clipped to the range of the image. These are the choices of skimage.transform.resize (`mode='edge'`,
 * `anti_aliasing=False`).
 *
 * @param data x fastest; only read
 * @param from dims of the data
 * @param to dims of the result
 * @param order along the three axes
 * @param slices axis along which slices are clipped each to its own range; the volume as one otherwise
 * @returns a new array, also where nothing changes
 */
export function resize(
  data: Float32Array,
  from: Vec3,
  to: Vec3,
  order: ResizeOrder | readonly [ResizeOrder, ResizeOrder, ResizeOrder],
  slices?: 0 | 1 | 2,
): Float32Array {
  const orders = typeof order === 'number' ? ([order, order, order] as const) : order;
  let dims: Vec3 = [...from];
  let result = data;
  // The slices' own axis comes last, so that they are still what they were when they are clipped.
  const axes = ([0, 1, 2] as const).filter((axis) => axis !== slices);
  for (const axis of axes) step(axis);
  if (axes.some((axis) => orders[axis] === 3 && from[axis] !== to[axis]))
    clip(result, dims, ranges(data, from, slices), slices);
  if (slices !== undefined) step(slices);
  return result === data ? data.slice() : result;

  function step(axis: 0 | 1 | 2): void {
    if (dims[axis] === to[axis]) return;
    result = resizeAlong(result, dims, axis, to[axis], orders[axis]);
    dims = dims.with(axis, to[axis]) as unknown as Vec3;
  }
}

function resizeAlong(
  data: Float32Array,
  dims: Vec3,
  axis: 0 | 1 | 2,
  to: number,
  order: ResizeOrder,
): Float32Array {
  const from = dims[axis];
  const stride = [1, dims[0], dims[0] * dims[1]][axis];
  const outer = data.length / (stride * from);
  const taps = tapsOf(from, to, order);
  const result = new Float32Array(outer * to * stride);
  const width = Math.min(LINES, stride);
  const padded = new Float64Array((from + 2 * PADDING) * width);
  for (let block = 0; block < outer; block++)
    for (let line = 0; line < stride; line += width) {
      const count = Math.min(width, stride - line);
      const source = block * from * stride + line;
      for (let i = 0; i < from + 2 * PADDING; i++) {
        const inside = Math.min(from - 1, Math.max(0, i - PADDING));
        for (let l = 0; l < count; l++) padded[i * width + l] = data[source + inside * stride + l];
      }
      if (order === 3) filter(padded, from + 2 * PADDING, width);
      const target = block * to * stride + line;
      for (let j = 0; j < to; j++) {
        const at = (taps.first[j] + PADDING) * width;
        for (let l = 0; l < count; l++) {
          let sum = 0;
          for (let k = 0; k < taps.count; k++)
            sum += taps.weights[j * taps.count + k] * padded[at + k * width + l];
          result[target + j * stride + l] = sum;
        }
      }
    }
  return result;
}

/** From the values of lines to the coefficients of the splines through them, in place. */
function filter(lines: Float64Array, length: number, width: number): void {
  const end = (length - 1) * width;
  for (let l = 0; l < width; l++) {
    const last = lines[end + l];
    lines[l] /= 1 - POLE;
    for (let i = width + l; i <= end + l; i += width) lines[i] += POLE * lines[i - width];
    // As if the last value went on for ever.
    const limit = last / (1 - POLE);
    lines[end + l] = -POLE * (limit / (1 - POLE) + (lines[end + l] - limit) / (1 - POLE * POLE));
    for (let i = end - width + l; i >= 0; i -= width)
      lines[i] = POLE * (lines[i + width] - lines[i]);
    for (let i = l; i <= end + l; i += width) lines[i] *= 6;
  }
}

function tapsOf(from: number, to: number, order: ResizeOrder): Taps {
  const count = order + 1;
  const first = new Int32Array(to);
  const weights = new Float64Array(to * count);
  for (let j = 0; j < to; j++) {
    const place = ((j + 0.5) * from) / to - 0.5;
    const below = order === 0 ? Math.floor(place + 0.5) : Math.floor(place);
    first[j] = order === 3 ? below - 1 : below;
    weights.set(WEIGHTS[order](place - below), j * count);
  }
  return { count, first, weights };
}

/** Weights of the taps at a place between two voxels, 0 … 1. */
const WEIGHTS: Readonly<Record<ResizeOrder, (t: number) => readonly number[]>> = Object.freeze({
  0: () => [1],
  1: (t) => [1 - t, t],
  3: (t) => [
    (1 - t) ** 3 / 6,
    (4 - 6 * t ** 2 + 3 * t ** 3) / 6,
    (4 - 6 * (1 - t) ** 2 + 3 * (1 - t) ** 3) / 6,
    t ** 3 / 6,
  ],
});

/** Least and greatest value of each slice along an axis, or of the whole. */
function ranges(data: Float32Array, dims: Vec3, axis: 0 | 1 | 2 | undefined) {
  const found = Array.from({ length: axis === undefined ? 1 : dims[axis] }, () => ({
    least: Infinity,
    greatest: -Infinity,
  }));
  eachRow(data, dims, axis, (slice, i) => {
    const range = found[slice];
    if (data[i] < range.least) range.least = data[i];
    if (data[i] > range.greatest) range.greatest = data[i];
  });
  return found;
}

function clip(
  data: Float32Array,
  dims: Vec3,
  limits: ReturnType<typeof ranges>,
  axis: 0 | 1 | 2 | undefined,
): void {
  eachRow(data, dims, axis, (slice, i) => {
    const { least, greatest } = limits[slice];
    if (data[i] < least) data[i] = least;
    else if (data[i] > greatest) data[i] = greatest;
  });
}

/** Visit all voxels with the slice that they belong to. */
function eachRow(
  { length }: Float32Array,
  [nx, ny]: Vec3,
  axis: 0 | 1 | 2 | undefined,
  visit: (slice: number, i: number) => void,
): void {
  for (let i = 0, x = 0, y = 0, z = 0; i < length; i++) {
    visit(axis === undefined ? 0 : axis === 0 ? x : axis === 1 ? y : z, i);
    if (++x < nx) continue;
    x = 0;
    if (++y < ny) continue;
    y = 0;
    z++;
  }
}
