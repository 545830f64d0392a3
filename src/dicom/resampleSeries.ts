import { checkDims, checkVoxels } from '../volume/checks';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { Volume, Voxels } from '../volume/volume';
import { irregularity, shiftOf } from './regularity';
import { sliceStack, type SliceStack } from './sliceStack';
import { TOLERANCE } from './tolerance';
import type { NaturalDataset } from './types';
import { along } from './vectors';

/** A series on a regular grid, and what was done for it. */
export interface ResampledSeries {
  readonly volume: Volume;
  /** One sentence for the user and the record; absent where the series was regular and is as it was. */
  readonly note?: string;
}

/** Columns or rows that the slices reach, from the first slice's: whole pixels, so that it keeps its own. */
interface Reach {
  readonly from: number;
  readonly count: number;
}

/** How the pixels of a slice lie under a line of the grid: pixel = place − whole, and so much of the one before. */
interface Offset {
  readonly whole: number;
  readonly share: number;
}

/** Shifts of less than a thousandth of a pixel are rounding, and cost blurring for nothing. */
const ROUNDING = 1e-3;

function reach(shifts: readonly number[], size: number): Reach {
  const from = Math.floor(Math.min(0, ...shifts) + ROUNDING);
  return { from, count: Math.ceil(Math.max(0, ...shifts) - ROUNDING) + size - from };
}

function offsetOf(shift: number): Offset {
  const near = Math.round(shift);
  if (Math.abs(shift - near) < ROUNDING) return { whole: near, share: 0 };
  return { whole: Math.floor(shift), share: shift - Math.floor(shift) };
}

/** Places of a line at which both neighbours lie in the slice: [first, end). */
const covered = ({ whole, share }: Offset, { from, count }: Reach, size: number) =>
  [Math.max(0, whole - from + (share > 0 ? 1 : 0)), Math.min(count, whole - from + size)] as const;

/** A slice added to a plane of the grid, bilinear between its pixels. @param counts what was added to each place */
function addSlice(
  plane: Float32Array,
  counts: Float32Array,
  pixels: Voxels,
  weight: number,
  [u, v]: readonly [Offset, Offset],
  [across, down]: readonly [Reach, Reach],
  [columns, rows]: readonly [number, number],
): void {
  const [iFrom, iTo] = covered(u, across, columns);
  const [jFrom, jTo] = covered(v, down, rows);
  // the neighbour before counts with the share, or is the pixel itself where there is none
  const [before, above] = [u.share > 0 ? 1 : 0, v.share > 0 ? columns : 0];
  const [a, b] = [u.share, v.share];
  for (let j = jFrom; j < jTo; j++) {
    const row = (j + down.from - v.whole) * columns + across.from - u.whole;
    for (let i = iFrom; i < iTo; i++) {
      const at = row + i;
      const here = (1 - a) * pixels[at]! + a * pixels[at - before]!;
      const over = (1 - a) * pixels[at - above]! + a * pixels[at - above - before]!;
      plane[j * across.count + i]! += weight * ((1 - b) * here + b * over);
      counts[j * across.count + i]! += weight;
    }
  }
}

function lowest(voxels: Voxels): number {
  let low = Infinity;
  for (let i = 0; i < voxels.length; i++) if (voxels[i]! < low) low = voxels[i]!;
  return low;
}

const millimetres = (values: readonly number[]) =>
  values.map((value) => Number(value.toFixed(3))).join(' × ');

function noteOf({ heights }: SliceStack, { dims, spacing }: Geometry, reason: string): string {
  const steps = heights.slice(1).map((height, i) => height - heights[i]!);
  const range = [Math.min(...steps), Math.max(...steps)].map((step) => step.toFixed(2));
  return `The series was resampled (linear) onto a regular grid of ${dims.join(' × ')} voxels of ${millimetres(spacing)} mm, because its slices ${reason}; they lie ${range.join(' to ')} mm apart.`;
}

const REASONS: Readonly<Record<string, string>> = Object.freeze({
  'series.gantry-tilt': 'are tilted',
  'series.irregular-spacing': 'do not lie at equal distances',
});

/** The regular grid that holds all slices; its slices lie at the usual distance. */
function gridOf(stack: SliceStack, [across, down]: readonly [Reach, Reach]): Geometry {
  const { slices, axes, pixelSpacing, heights, usual } = stack;
  const inRow = along(slices[0]!.position, across.from * pixelSpacing[0], axes[0]);
  const depth = 1 + Math.floor((heights.at(-1)! - heights[0]!) / usual + TOLERANCE.spacing);
  const dims: Vec3 = [across.count, down.count, depth];
  checkDims(dims, 'the resampled series');
  return {
    dims,
    spacing: [...pixelSpacing, usual],
    origin: along(inRow, down.from * pixelSpacing[1], axes[1]),
    direction: axes.flat(),
    frameOfReferenceUID: slices[0]!.frameOfReference,
  };
}

/**
 * Resample a series whose slices are tilted or not at equal distances onto a regular, orthogonal grid: along rows and
 * columns of its slices and their normal, wide enough for all of them, at the slices' usual distance. Linear between
 * pixels and between slices: what is linear in space stays so. Places that no slice covers get the lowest value of
 * the series. Ask the user first: fine vessels lose contrast.
 *
 * @param instances as `seriesGeometry` takes them
 * @param voxels values of the slices one after the other, in the order of `instances`, each row by row; in units,
 *   every slice by its own slope and intercept
 * @returns values of the same kind, whole ones rounded
 * @throws InputError, SeriesError those of `sliceStack`; `volume.length`, `volume.too-large`
 */
export function resampleSeries(
  instances: readonly NaturalDataset[],
  voxels: Voxels,
): ResampledSeries {
  const stack = sliceStack(instances);
  const { slices, heights, pixelSpacing } = stack;
  const { columns, rows } = slices[0]!;
  const size = columns * rows;
  checkVoxels(voxels, [columns, rows, slices.length], 'the series');
  const fault = irregularity(stack);
  const isTilted = fault?.code === 'series.gantry-tilt';
  const shifts = slices.map((slice) =>
    isTilted ? shiftOf(stack, slice).map((mm, axis) => mm / pixelSpacing[axis]!) : [0, 0],
  );
  const reaches = [
    reach(
      shifts.map(([u]) => u!),
      columns,
    ),
    reach(
      shifts.map(([, v]) => v!),
      rows,
    ),
  ] as const;
  const geometry = gridOf(stack, reaches);
  const [nx, ny, nz] = geometry.dims;
  const out = new (voxels.constructor as new (length: number) => Voxels)(nx * ny * nz);
  const isWhole = !(voxels instanceof Float32Array);
  const outside = lowest(voxels);
  const plane = new Float32Array(nx * ny);
  const counts = new Float32Array(nx * ny);
  const add = (s: number, weight: number) => {
    if (weight === 0) return;
    const pixels = voxels.subarray(slices[s]!.index * size, (slices[s]!.index + 1) * size);
    const offsets = [offsetOf(shifts[s]![0]!), offsetOf(shifts[s]![1]!)] as const;
    addSlice(plane, counts, pixels, weight, offsets, reaches, [columns, rows]);
  };
  for (let k = 0, s = 0; k < nz; k++) {
    const height = Math.min(heights[0]! + k * geometry.spacing[2], heights.at(-1)!);
    while (s < slices.length - 2 && heights[s + 1]! <= height) s++;
    const exact = (height - heights[s]!) / (heights[s + 1]! - heights[s]!);
    const share = Math.abs(exact - Math.round(exact)) < ROUNDING ? Math.round(exact) : exact;
    plane.fill(0);
    counts.fill(0);
    add(s, 1 - share);
    add(s + 1, share);
    for (let i = 0; i < plane.length; i++) {
      // a place that only one of the two slices covers was not scanned
      const value = counts[i]! > 1 - ROUNDING ? plane[i]! : outside;
      out[k * plane.length + i] = isWhole ? Math.round(value) : value;
    }
  }
  return {
    volume: { data: out, geometry },
    ...(fault && { note: noteOf(stack, geometry, REASONS[fault.code]!) }),
  };
}
