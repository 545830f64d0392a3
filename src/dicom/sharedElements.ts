import { SeriesError } from './seriesError';
import type { Slice } from './slices';
import { type Keyword, tagName } from './tags';
import { close, TOLERANCE } from './tolerance';

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
  {
    code: 'series.mixed-sign',
    keywords: ['PixelRepresentation'],
    equal: (a: Slice, b: Slice) => a.sign === b.sign,
    what: 'hold values of which only one has a sign',
  },
  {
    code: 'series.mixed-rescale',
    keywords: ['RescaleSlope', 'RescaleIntercept'],
    equal: (a: Slice, b: Slice) => a.rescaled === b.rescaled,
    what: 'hold values of which only one is in units',
  },
]);

/**
 * Refuse images that do not share one grid and one kind of values.
 *
 * @throws SeriesError `series.frame-of-reference`, `series.mixed-matrix`, `series.mixed-orientations`,
 *   `series.mixed-pixel-spacing`, `series.mixed-sign`, `series.mixed-rescale`
 */
export function checkShared(slices: readonly Slice[]): void {
  const [first] = slices;
  for (const { code, keywords, equal, what } of SHARED) {
    const other = slices.find((slice) => !equal(first!, slice));
    if (other)
      throw new SeriesError({
        code,
        keyword: keywords[0]!,
        images: [first!.name, other.name],
        what: `In this series ${first!.name} and ${other.name} ${what} by ${keywords.map(tagName).join(' and ')}`,
        advice: 'split the series, or choose another',
      });
  }
}
