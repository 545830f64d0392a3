import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { SeriesError } from './seriesError';
import { checkShared } from './sharedElements';
import { type Slice, slicesOf } from './slices';
import { tagName } from './tags';
import { close, TOLERANCE } from './tolerance';
import type { NaturalDataset } from './types';
import { along, cross, dot, length, unit } from './vectors';

/** Parallel slices of one size, sorted along their normal; they need not be a regular grid. */
export interface SliceStack {
  readonly slices: readonly Slice[];
  /** Unit vectors of rows, columns and the normal: right-handed, as cornerstone's volumes. */
  readonly axes: readonly [Vec3, Vec3, Vec3];
  /** Distance of columns and of rows, mm. */
  readonly pixelSpacing: readonly [number, number];
  /** Height of each slice along the normal, mm. */
  readonly heights: readonly number[];
  /** The median distance of slices, mm. */
  readonly usual: number;
}

/** Unit vectors of rows, columns and the normal. */
function axesOf({ orientation, name }: Slice): [Vec3, Vec3, Vec3] {
  const row = orientation.slice(0, 3) as unknown as Vec3;
  const column = orientation.slice(3, 6) as unknown as Vec3;
  const errors = [length(row) - 1, length(column) - 1, dot(row, column)];
  if (!close(errors, [0, 0, 0], TOLERANCE.direction))
    throw new SeriesError({
      code: 'series.not-orthonormal',
      keyword: 'ImageOrientationPatient',
      images: [name],
      what: `${tagName('ImageOrientationPatient')} of ${name} does not hold two unit vectors at a right angle`,
      advice: 'choose another series',
    });
  const x = unit(row);
  const y = unit(along(column, -dot(column, x), x));
  return [x, y, cross(x, y)];
}

function pixelSpacingOf({ pixelSpacing, name }: Slice): [number, number] {
  const [rows, columns] = pixelSpacing as [number, number];
  if (rows > 0 && columns > 0) return [columns, rows];
  throw new SeriesError({
    code: 'series.pixel-spacing',
    keyword: 'PixelSpacing',
    images: [name],
    what: `${tagName('PixelSpacing')} of ${name} must be above 0 mm`,
    advice: 'choose another series',
  });
}

/** Whether a distance of slices is the usual one, or so many times it. */
const isMultiple = (step: number, usual: number, times: number) =>
  Math.abs(step / times - usual) <= TOLERANCE.spacing * usual;

/** How two neighbours lie, for a message. */
export const neighbours = (slices: readonly Slice[], i: number): string =>
  `In this series ${slices[i]!.name} and ${slices[i + 1]!.name}`;

/** The usual distance of slices; refuses slices at one place, and gaps in which slices would fit. */
function usualStep(slices: readonly Slice[], heights: readonly number[]): number {
  const tag = tagName('ImagePositionPatient');
  const steps = heights.slice(1).map((height, i) => height - heights[i]!);
  const refuse = (code: string, i: number, what: string, advice: string) =>
    new SeriesError({
      code,
      keyword: 'ImagePositionPatient',
      images: [slices[i]!.name, slices[i + 1]!.name],
      what: `${neighbours(slices, i)} ${what}`,
      advice,
    });
  const same = steps.findIndex((step) => step < TOLERANCE.position);
  if (same >= 0)
    throw refuse(
      'series.duplicate-positions',
      same,
      `lie at the same ${tag}`,
      'choose a series with one image per position (one phase, one echo)',
    );
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const missing = steps.map((step) => {
    const times = Math.round(step / usual);
    return times > 1 && isMultiple(step, usual, times) ? times - 1 : 0;
  });
  const gap = missing.findIndex((count) => count > 0);
  if (gap >= 0)
    throw refuse(
      'series.missing-slices',
      gap,
      `lie ${steps[gap]!.toFixed(2)} mm apart where ${usual.toFixed(2)} mm is usual by ${tag}: ${missing[gap] === 1 ? '1 slice is' : `${missing[gap]} slices are`} missing`,
      'load the complete series',
    );
  return usual;
}

/**
 * The slices of a series, sorted along the normal (rows × columns of Image Orientation (Patient)) by Image Position
 * (Patient), whatever the order of the instances.
 *
 * @param instances naturalised data sets (numbers may be strings); frames of multi-frame images as `imageFrames` gives
 *   them
 * @throws InputError `series.empty`, `series.single-slice`
 * @throws SeriesError `series.multiframe`, `series.localizer`, `series.color`, `series.missing-tag`, `series.rescale`,
 *   `series.frame-of-reference`, `series.mixed-matrix`, `series.mixed-orientations`, `series.mixed-pixel-spacing`,
 *   `series.mixed-sign`, `series.mixed-rescale`, `series.pixel-spacing`, `series.not-orthonormal`,
 *   `series.duplicate-positions`, `series.missing-slices`
 */
export function sliceStack(instances: readonly NaturalDataset[]): SliceStack {
  if (instances.length === 0)
    throw new InputError('series.empty', 'The series holds no images; choose another series.');
  const unsorted = slicesOf(instances);
  if (unsorted.length === 1)
    throw new InputError(
      'series.single-slice',
      'The series is a single slice, but vessels need a volume; choose a series with more slices.',
    );
  checkShared(unsorted);
  const pixelSpacing = pixelSpacingOf(unsorted[0]!);
  const axes = axesOf(unsorted[0]!);
  const height = ({ position }: Slice) => dot(position, axes[2]);
  const slices = unsorted.toSorted((a, b) => height(a) - height(b));
  const heights = slices.map(height);
  return { slices, axes, pixelSpacing, heights, usual: usualStep(slices, heights) };
}
