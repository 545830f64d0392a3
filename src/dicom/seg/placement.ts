import { InputError } from '../../volume/errors';
import { type Geometry, type Vec3, worldToIndex } from '../../volume/geometry';
import { tagName } from '../tags';
import { close, TOLERANCE } from '../tolerance';
import type { NaturalDataset } from '../types';
import { itemsOf, numberOf, numbersOf, textOf } from '../values';

const CHOOSE = 'choose a SEG of this series.';

/** The first value that is found in the functional groups of a frame, else in the shared ones. */
export function fromGroups<T>(
  groups: readonly NaturalDataset[],
  sequence: string,
  read: (item: NaturalDataset) => T | undefined,
): T | undefined {
  for (const group of groups)
    for (const item of itemsOf(group, sequence)) {
      const value = read(item);
      if (value !== undefined) return value;
    }
  return undefined;
}

/**
 * Refuse a SEG of another grid.
 *
 * @throws InputError `seg.frame-of-reference`, `seg.matrix`
 */
export function checkGrid(dataset: NaturalDataset, { dims, frameOfReferenceUID }: Geometry): void {
  const uid = textOf(dataset, 'FrameOfReferenceUID');
  if (!uid || (frameOfReferenceUID && uid !== frameOfReferenceUID))
    throw new InputError(
      'seg.frame-of-reference',
      `The SEG lies in ${uid ? 'another' : 'no'} ${tagName('FrameOfReferenceUID')} than the series, so its place is unknown; ${CHOOSE}`,
    );
  const [rows, columns] = [numberOf(dataset, 'Rows'), numberOf(dataset, 'Columns')];
  if (rows !== dims[1] || columns !== dims[0])
    throw new InputError(
      'seg.matrix',
      `The SEG has ${tagName('Rows')} × ${tagName('Columns')} ${rows} × ${columns}, the series ${dims[1]} × ${dims[0]}; ${CHOOSE}`,
    );
}

/**
 * The slice of the grid that a frame covers, by its orientation, pixel spacing and position; its number and its
 * place in the file mean nothing.
 *
 * @param groups functional groups of the frame, then the shared ones
 * @param frame number from 1, for messages
 * @throws InputError `seg.orientation`, `seg.pixel-spacing`, `seg.position`
 */
export function sliceOfFrame(
  groups: readonly NaturalDataset[],
  geometry: Geometry,
  frame: number,
): number {
  const { direction, spacing, dims } = geometry;
  const orientation = fromGroups(groups, 'PlaneOrientationSequence', (item) =>
    numbersOf(item, 'ImageOrientationPatient', 6),
  );
  if (!orientation || !close(orientation, direction, TOLERANCE.direction))
    throw new InputError(
      'seg.orientation',
      `Frame ${frame} of the SEG ${orientation ? 'is turned against the series by' : 'has no'} ${tagName('ImageOrientationPatient')}; ${CHOOSE}`,
    );
  const pixelSpacing = fromGroups(groups, 'PixelMeasuresSequence', (item) =>
    numbersOf(item, 'PixelSpacing', 2),
  );
  if (
    pixelSpacing &&
    !close(pixelSpacing, [spacing[1], spacing[0]], TOLERANCE.spacing * Math.min(...spacing))
  )
    throw new InputError(
      'seg.pixel-spacing',
      `Frame ${frame} of the SEG has other pixels than the series by ${tagName('PixelSpacing')}; ${CHOOSE}`,
    );
  const position = fromGroups(groups, 'PlanePositionSequence', (item) =>
    numbersOf(item, 'ImagePositionPatient', 3),
  );
  const index = position && worldToIndex(geometry, position as unknown as Vec3);
  const k = index ? Math.round(index[2]) : -1;
  if (!index || k < 0 || k >= dims[2] || !close(index, [0, 0, k], TOLERANCE.shift))
    throw new InputError(
      'seg.position',
      `Frame ${frame} of the SEG ${index ? 'lies on no slice of the series by' : 'has no'} ${tagName('ImagePositionPatient')}; ${CHOOSE}`,
    );
  return k;
}
