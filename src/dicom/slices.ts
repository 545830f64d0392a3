import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { type Keyword, tagName } from './tags';
import type { NaturalDataset } from './types';
import { numberOf, numbersOf, textOf, valuesOf } from './values';

/** What the geometry needs of one image. */
export interface Slice {
  /** In the list of instances. */
  readonly index: number;
  /** How a message calls the image: its Instance Number, else its place in the list. */
  readonly name: string;
  readonly frameOfReference: string;
  readonly orientation: readonly number[];
  readonly position: Vec3;
  /** Pixel Spacing: between rows, between columns, mm. */
  readonly pixelSpacing: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

const CHOOSE = 'choose a series of single-frame CT or MR slices.';

/** Images that are no slices of a volume: what shows it, and how it is said. */
const UNUSABLE: readonly {
  readonly code: string;
  readonly test: (dataset: NaturalDataset) => boolean;
  readonly message: string;
}[] = Object.freeze([
  {
    code: 'series.multiframe',
    test: (dataset: NaturalDataset) =>
      (numberOf(dataset, 'NumberOfFrames') ?? 1) > 1 ||
      valuesOf(dataset, 'PerFrameFunctionalGroupsSequence').length > 0,
    message: `The series holds multi-frame objects (${tagName('NumberOfFrames')}), which are not supported yet; ${CHOOSE}`,
  },
  {
    code: 'series.localizer',
    test: (dataset: NaturalDataset) => valuesOf(dataset, 'ImageType').includes('LOCALIZER'),
    message: `The series is a localizer by ${tagName('ImageType')}; choose the series that it planned.`,
  },
  {
    code: 'series.color',
    test: (dataset: NaturalDataset) => (numberOf(dataset, 'SamplesPerPixel') ?? 1) > 1,
    message: `The images are in colour by ${tagName('SamplesPerPixel')}; ${CHOOSE}`,
  },
]);

/**
 * The geometry of each image of a series.
 *
 * @throws InputError `series.multiframe`, `series.localizer`, `series.color`, `series.missing-tag`
 */
export function slicesOf(instances: readonly NaturalDataset[]): Slice[] {
  for (const { code, test, message } of UNUSABLE)
    if (instances.some(test)) throw new InputError(code, message);
  return instances.map((dataset, index) => {
    const frame = textOf(dataset, 'ReferencedFrameNumber');
    const image = `image ${textOf(dataset, 'InstanceNumber') ?? `at place ${index + 1}`}`;
    const name = frame ? `frame ${frame} of ${image}` : image;
    const needed = <T>(keyword: Keyword, value: T | undefined): T => {
      if (value === undefined)
        throw new InputError(
          'series.missing-tag',
          `${tagName(keyword)} of ${name} is missing or has no valid value, so its place in the patient is unknown; ${CHOOSE}`,
        );
      return value;
    };
    const numbers = (keyword: Keyword, count: number) =>
      needed(keyword, numbersOf(dataset, keyword, count));
    const [x, y, z] = numbers('ImagePositionPatient', 3);
    return {
      index,
      name,
      frameOfReference: needed('FrameOfReferenceUID', textOf(dataset, 'FrameOfReferenceUID')),
      orientation: numbers('ImageOrientationPatient', 6),
      position: [x!, y!, z!],
      pixelSpacing: numbers('PixelSpacing', 2),
      rows: numbers('Rows', 1)[0]!,
      columns: numbers('Columns', 1)[0]!,
    };
  });
}
