import { InputError } from '../volume/errors';
import type { Geometry, Vec3 } from '../volume/geometry';
import { type Slice, slicesOf } from './slices';
import { type Keyword, tagName } from './tags';
import type { NaturalDataset } from './types';
import { along, cross, dot, length, unit } from './vectors';

/** How far values may differ and still count as equal. */
export const TOLERANCE = Object.freeze({
  /** Components of direction vectors; also the sine of the stack's tilt. */
  direction: 1e-3,
  /** Slice and pixel spacing, of the spacing. */
  spacing: 0.01,
  /** Sideways shift of a slice, of the pixel spacing. */
  shift: 0.1,
  /** Positions nearer than this are the same, mm. */
  position: 1e-3,
});

/** A checked series: its grid, and which instance is which slice. */
export interface SeriesGeometry {
  readonly geometry: Geometry;
  /** order[k] is the place of slice k in the list of instances. */
  readonly order: readonly number[];
}

const close = (a: readonly number[], b: readonly number[], tolerance: number) =>
  a.every((value, i) => Math.abs(value - b[i]!) <= tolerance);

/** What all images must share. */
const SHARED: readonly {
  readonly code: string;
  readonly keywords: readonly Keyword[];
  readonly equal: (a: Slice, b: Slice) => boolean;
  readonly what: string;
}[] = Object.freeze([
  {
    code: 'series.frame-of-reference',
    keywords: ['FrameOfReferenceUID'],
    equal: (a: Slice, b: Slice) => a.frameOfReference === b.frameOfReference,
    what: 'lie in different frames of reference',
  },
  {
    code: 'series.mixed-matrix',
    keywords: ['Rows', 'Columns'],
    equal: (a: Slice, b: Slice) => a.rows === b.rows && a.columns === b.columns,
    what: 'have different sizes',
  },
  {
    code: 'series.mixed-orientations',
    keywords: ['ImageOrientationPatient'],
    equal: (a: Slice, b: Slice) => close(a.orientation, b.orientation, TOLERANCE.direction),
    what: 'are turned differently',
  },
  {
    code: 'series.mixed-pixel-spacing',
    keywords: ['PixelSpacing'],
    equal: (a: Slice, b: Slice) =>
      close(a.pixelSpacing, b.pixelSpacing, TOLERANCE.spacing * Math.min(...a.pixelSpacing)),
    what: 'have different pixel sizes',
  },
]);

function checkShared(slices: readonly Slice[]): void {
  const [first] = slices;
  for (const { code, keywords, equal, what } of SHARED) {
    const other = slices.find((slice) => !equal(first!, slice));
    if (other)
      throw new InputError(
        code,
        `${first!.name} and ${other.name} ${what} by ${keywords.map(tagName).join(' and ')}; split the series, or choose another.`,
      );
  }
}

/** Unit vectors of rows, columns and the normal. */
function axes({ orientation, name }: Slice): [Vec3, Vec3, Vec3] {
  const row = orientation.slice(0, 3) as unknown as Vec3;
  const column = orientation.slice(3, 6) as unknown as Vec3;
  const errors = [length(row) - 1, length(column) - 1, dot(row, column)];
  if (!close(errors, [0, 0, 0], TOLERANCE.direction))
    throw new InputError(
      'series.not-orthonormal',
      `${tagName('ImageOrientationPatient')} of ${name} does not hold two unit vectors at a right angle; choose another series.`,
    );
  const x = unit(row);
  const y = unit(along(column, -dot(column, x), x));
  return [x, y, cross(x, y)];
}

/** Each slice lies over the first, along the normal. */
function checkTilt(slices: readonly Slice[], normal: Vec3): void {
  const [first] = slices;
  const pixel = Math.min(...first!.pixelSpacing);
  for (const slice of slices) {
    const offset = along(slice.position, -1, first!.position);
    const height = dot(offset, normal);
    const shift = length(along(offset, -height, normal));
    if (shift > TOLERANCE.shift * pixel + TOLERANCE.direction * Math.abs(height)) {
      const degrees = (Math.atan2(shift, Math.abs(height)) * 180) / Math.PI;
      throw new InputError(
        'series.gantry-tilt',
        `The slices are not stacked at a right angle: ${slice.name} lies ${shift.toFixed(1)} mm aside (${degrees.toFixed(1)}°) by ${tagName('ImagePositionPatient')}, as with ${tagName('GantryDetectorTilt')}; resample the series, or choose one without tilt.`,
      );
    }
  }
}

/** The slice spacing, mm, of slices sorted by height. */
function sliceSpacing(slices: readonly Slice[], heights: readonly number[]): number {
  const tag = tagName('ImagePositionPatient');
  const steps = heights.slice(1).map((height, i) => height - heights[i]!);
  const pair = (i: number) => `${slices[i]!.name} and ${slices[i + 1]!.name}`;
  const same = steps.findIndex((step) => step < TOLERANCE.position);
  if (same >= 0)
    throw new InputError(
      'series.duplicate-positions',
      `${pair(same)} lie at the same ${tag}; choose a series with one image per position (one phase, one echo).`,
    );

  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const regular = (step: number) => Math.abs(step - usual) <= TOLERANCE.spacing * usual;
  const odd = steps.findIndex((step) => !regular(step));
  if (odd < 0) return (heights.at(-1)! - heights[0]!) / steps.length;
  const step = steps[odd]!;
  const missing = Math.round(step / usual) - 1;
  const distance = `${pair(odd)} lie ${step.toFixed(2)} mm apart where ${usual.toFixed(2)} mm is usual by ${tag}`;
  if (missing >= 1 && regular(step / (missing + 1)))
    throw new InputError(
      'series.missing-slices',
      `${distance}: ${missing === 1 ? '1 slice is' : `${missing} slices are`} missing; load the complete series.`,
    );
  throw new InputError(
    'series.irregular-spacing',
    `${distance}; resample the series to equal distances, or choose another.`,
  );
}

/**
 * The grid of a series of single-frame slices, and the order of the slices: sorted along the normal (rows × columns
 * of Image Orientation (Patient)) by Image Position (Patient), whatever the order of the instances. The axes are
 * right-handed, as cornerstone's volumes.
 *
 * @param instances naturalised data sets (numbers may be strings)
 * @throws InputError `series.empty`, `series.single-slice`, `series.multiframe`, `series.localizer`,
 *   `series.color`, `series.missing-tag`, `series.frame-of-reference`, `series.mixed-matrix`,
 *   `series.mixed-orientations`, `series.mixed-pixel-spacing`, `series.pixel-spacing`, `series.not-orthonormal`,
 *   `series.gantry-tilt`, `series.duplicate-positions`, `series.missing-slices`, `series.irregular-spacing`
 */
export function seriesGeometry(instances: readonly NaturalDataset[]): SeriesGeometry {
  if (instances.length === 0)
    throw new InputError('series.empty', 'The series holds no images; choose another series.');
  const unsorted = slicesOf(instances);
  if (unsorted.length === 1)
    throw new InputError(
      'series.single-slice',
      'The series is a single slice, but vessels need a volume; choose a series with more slices.',
    );
  checkShared(unsorted);
  const [first] = unsorted;
  const { frameOfReference, rows, columns } = first!;
  const [rowSpacing, columnSpacing] = first!.pixelSpacing as [number, number];
  if (!(rowSpacing > 0 && columnSpacing > 0))
    throw new InputError(
      'series.pixel-spacing',
      `${tagName('PixelSpacing')} must be above 0 mm; choose another series.`,
    );
  const [x, y, z] = axes(first!);
  const height = (slice: Slice) => dot(slice.position, z);
  const slices = unsorted.toSorted((a, b) => height(a) - height(b));
  checkTilt(slices, z);
  const spacing = sliceSpacing(slices, slices.map(height));
  return {
    geometry: {
      dims: [columns, rows, slices.length],
      spacing: [columnSpacing, rowSpacing, spacing],
      origin: slices[0]!.position,
      direction: [...x, ...y, ...z],
      frameOfReferenceUID: frameOfReference,
    },
    order: slices.map(({ index }) => index),
  };
}
