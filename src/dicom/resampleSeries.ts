import { checkDims, checkVoxels } from '../volume/checks';
import type { Geometry, Vec3 } from '../volume/geometry';
import { imageOnGrid, type Resampling, ROUNDING } from '../volume/resampling';
import type { Volume, Voxels } from '../volume/volume';
import { irregularity, shiftOf } from './regularity';
import { sliceStack, type SliceStack } from './sliceStack';
import { TOLERANCE } from './tolerance';
import type { NaturalDataset } from './types';
import { along } from './vectors';

/** How a series comes onto a regular grid. */
export interface SeriesResampling {
  readonly resampling: Resampling;
  /** order[s] is the place of slice s in the list of instances. */
  readonly order: readonly number[];
  /** One sentence for the user and the record; absent where the series was regular and stays as it is. */
  readonly note?: string;
}

/** A series on a regular grid, and what was done for it. */
export interface ResampledSeries extends Pick<SeriesResampling, 'note'> {
  readonly volume: Volume;
}

/** Columns or rows that the slices reach, from the first slice's: whole pixels, so that it keeps its own. */
interface Reach {
  readonly from: number;
  readonly count: number;
}

function reach(shifts: readonly number[], size: number): Reach {
  const from = Math.floor(Math.min(0, ...shifts) + ROUNDING);
  return { from, count: Math.ceil(Math.max(0, ...shifts) - ROUNDING) + size - from };
}

const millimetres = (values: readonly number[]) =>
  values.map((value) => Number(value.toFixed(3))).join(' × ');

function noteOf({ heights }: SliceStack, { dims, spacing }: Geometry, reason: string): string {
  const steps = heights.slice(1).map((height, i) => height - heights[i]!);
  const range = [Math.min(...steps), Math.max(...steps)].map((step) => step.toFixed(2));
  const distances = [...new Set(range)].join(' to ');
  return `The series was resampled (linear) onto a regular grid of ${dims.join(' × ')} voxels of ${millimetres(spacing)} mm, because its slices ${reason}; they lie ${distances} mm apart.`;
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
 * How a series whose slices are tilted or not at equal distances comes onto a regular, orthogonal grid: along rows and
 * columns of its slices and their normal, wide enough for all of them, at the slices' usual distance. Ask the user
 * first: fine vessels lose contrast.
 *
 * @param instances as `seriesGeometry` takes them
 * @throws InputError, SeriesError those of `sliceStack`; `volume.too-large`
 */
export function seriesResampling(instances: readonly NaturalDataset[]): SeriesResampling {
  const stack = sliceStack(instances);
  const { slices, heights, pixelSpacing, usual } = stack;
  const { columns, rows, position } = slices[0]!;
  const fault = irregularity(stack);
  const isTilted = fault?.code === 'series.gantry-tilt';
  const shifts = slices.map((slice) => {
    const [u, v] = isTilted ? shiftOf(stack, slice) : [0, 0];
    return [u / pixelSpacing[0], v / pixelSpacing[1]] as const;
  });
  const across = reach(
    shifts.map(([u]) => u),
    columns,
  );
  const down = reach(
    shifts.map(([, v]) => v),
    rows,
  );
  const grid = gridOf(stack, [across, down]);
  return {
    resampling: {
      slices: { ...grid, dims: [columns, rows, slices.length], origin: position },
      shifts: shifts.map(([u, v]) => [u - across.from, v - down.from]),
      heights: heights.map((height) => (height - heights[0]!) / usual),
      grid,
    },
    order: slices.map(({ index }) => index),
    ...(fault && { note: noteOf(stack, grid, REASONS[fault.code]!) }),
  };
}

/**
 * Resample a series onto the grid of {@link seriesResampling}, see {@link imageOnGrid}.
 *
 * @param instances as `seriesGeometry` takes them
 * @param voxels values of the slices one after the other, in the order of `instances`, each row by row; in units,
 *   every slice by its own slope and intercept
 * @returns values of the same kind, whole ones rounded
 * @throws InputError, SeriesError those of {@link seriesResampling}; `volume.length`
 */
export function resampleSeries(
  instances: readonly NaturalDataset[],
  voxels: Voxels,
): ResampledSeries {
  const { resampling, order, note } = seriesResampling(instances);
  const { dims } = resampling.slices;
  checkVoxels(voxels, dims, 'the series');
  const size = dims[0] * dims[1];
  const sorted = new (voxels.constructor as new (length: number) => Voxels)(voxels.length);
  order.forEach((place, s) =>
    sorted.set(voxels.subarray(place * size, (place + 1) * size), s * size),
  );
  return {
    volume: { data: imageOnGrid(resampling, sorted), geometry: resampling.grid },
    ...(note !== undefined && { note }),
  };
}
