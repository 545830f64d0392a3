import { InputError } from '../volume/errors';
import type { Geometry, Vec3 } from '../volume/geometry';
import { checkShared } from './sharedElements';
import { type Slice, slicesOf } from './slices';
import { checkTilt, sliceSpacing } from './stack';
import { tagName } from './tags';
import { close, TOLERANCE } from './tolerance';
import type { NaturalDataset } from './types';
import { along, cross, dot, length, unit } from './vectors';

/** A checked series: its grid, and which instance is which slice. */
export interface SeriesGeometry {
  readonly geometry: Geometry;
  /** order[k] is the place of slice k in the list of instances. */
  readonly order: readonly number[];
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
