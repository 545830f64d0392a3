import type { Vec3 } from '../volume/geometry';
import { SeriesError } from './seriesError';
import { type Keyword, tagName } from './tags';
import type { NaturalDataset } from './types';
import { numberOf, numbersOf, textOf, valuesOf } from './values';

/** What the grid and its values need of one image. */
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
  /** Pixel Representation: 1 when stored values have a sign; absent where the image does not say. */
  readonly sign?: number;
  /** Whether stored values become others by a slope and an intercept, which may differ from image to image. */
  readonly rescaled: boolean;
}

const CHOOSE = 'choose a series of CT or MR slices';

/** Images that are no slices of a volume: what shows it, and how it is said. */
const UNUSABLE: readonly {
  readonly code: string;
  readonly keyword: Keyword;
  readonly test: (dataset: NaturalDataset) => boolean;
  readonly what: string;
  readonly advice: string;
}[] = Object.freeze([
  {
    code: 'series.multiframe',
    keyword: 'NumberOfFrames' as const,
    test: (dataset: NaturalDataset) =>
      (numberOf(dataset, 'NumberOfFrames') ?? 1) > 1 ||
      valuesOf(dataset, 'PerFrameFunctionalGroupsSequence').length > 0,
    what: 'is a multi-frame image that does not say where each frame lies,',
    advice: CHOOSE,
  },
  {
    code: 'series.localizer',
    keyword: 'ImageType' as const,
    test: (dataset: NaturalDataset) => valuesOf(dataset, 'ImageType').includes('LOCALIZER'),
    what: 'is a localizer',
    advice: 'choose the series that it planned',
  },
  {
    code: 'series.color',
    keyword: 'SamplesPerPixel' as const,
    test: (dataset: NaturalDataset) => (numberOf(dataset, 'SamplesPerPixel') ?? 1) > 1,
    what: 'is in colour',
    advice: CHOOSE,
  },
]);

/** How messages call an image: by its Instance Number, else by its place in the list. */
function nameOf(dataset: NaturalDataset, index: number): string {
  const frame = textOf(dataset, 'ReferencedFrameNumber');
  const image = `image ${textOf(dataset, 'InstanceNumber') ?? `at place ${index + 1}`}`;
  return frame ? `frame ${frame} of ${image}` : image;
}

function checkUsable(dataset: NaturalDataset, index: number): void {
  const fault = UNUSABLE.find(({ test }) => test(dataset));
  if (!fault) return;
  const { code, keyword, what, advice } = fault;
  const name = nameOf(dataset, index);
  throw new SeriesError({
    code,
    keyword,
    images: [name],
    what: `In this series ${name} ${what} by ${tagName(keyword)}`,
    advice,
  });
}

/** Whether an image has Rescale Slope and Intercept; both must be numbers, and the slope not 0. */
function isRescaled(dataset: NaturalDataset, name: string): boolean {
  const bad = (['RescaleSlope', 'RescaleIntercept'] as const).find((keyword) => {
    const value = numberOf(dataset, keyword);
    const other = keyword === 'RescaleSlope' ? 'RescaleIntercept' : 'RescaleSlope';
    const isMissing = valuesOf(dataset, keyword).length === 0;
    if (isMissing) return valuesOf(dataset, other).length > 0;
    return value === undefined || (keyword === 'RescaleSlope' && value === 0);
  });
  if (!bad) return valuesOf(dataset, 'RescaleSlope').length > 0;
  throw new SeriesError({
    code: 'series.rescale',
    keyword: bad,
    images: [name],
    what: `${tagName(bad)} of ${name} is missing or has no valid value, so what its pixels mean is unknown`,
    advice: 'choose another series',
  });
}

/**
 * What the grid needs of each image of a series.
 *
 * @throws SeriesError `series.multiframe`, `series.localizer`, `series.color`, `series.missing-tag`, `series.rescale`
 */
export function slicesOf(instances: readonly NaturalDataset[]): Slice[] {
  instances.forEach(checkUsable);
  return instances.map((dataset, index) => {
    const name = nameOf(dataset, index);
    const needed = <T>(keyword: Keyword, value: T | undefined): T => {
      if (value !== undefined) return value;
      throw new SeriesError({
        code: 'series.missing-tag',
        keyword,
        images: [name],
        what: `${tagName(keyword)} of ${name} is missing or has no valid value, so its place in the patient is unknown`,
        advice: CHOOSE,
      });
    };
    const numbers = (keyword: Keyword, count: number) =>
      needed(keyword, numbersOf(dataset, keyword, count));
    const [x, y, z] = numbers('ImagePositionPatient', 3);
    const sign = numberOf(dataset, 'PixelRepresentation');
    return {
      index,
      name,
      frameOfReference: needed('FrameOfReferenceUID', textOf(dataset, 'FrameOfReferenceUID')),
      orientation: numbers('ImageOrientationPatient', 6),
      position: [x!, y!, z!],
      pixelSpacing: numbers('PixelSpacing', 2),
      rows: numbers('Rows', 1)[0]!,
      columns: numbers('Columns', 1)[0]!,
      ...(sign !== undefined && { sign }),
      rescaled: isRescaled(dataset, name),
    };
  });
}
