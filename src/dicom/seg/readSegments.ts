import { InputError } from '../../volume/errors';
import { CATEGORY } from '../codes';
import { tagName } from '../tags';
import type { NaturalDataset, SegmentDescription } from '../types';
import { itemsOf, numberOf } from '../values';
import { codeOf } from './codeItems';
import { parseSegment } from './segmentItems';

/** The segments of a SEG, and which voxel value each Segment Number becomes. */
export interface Segments {
  readonly descriptions: readonly SegmentDescription[];
  /** Voxel value by Segment Number; 0 for background. */
  readonly values: ReadonlyMap<number, number>;
}

const MAX_VALUE = 255;

const isBackground = (item: NaturalDataset, padding: number | undefined) =>
  numberOf(item, 'SegmentNumber') === padding ||
  codeOf(item, 'SegmentedPropertyTypeCodeSequence')?.value === CATEGORY.background.value;

/**
 * Read the Segment Sequence. Background is what a label map pads with or calls background. Segment Numbers are kept
 * as voxel values where all of them are 1..255; else the segments are numbered from 1.
 *
 * @throws InputError `seg.segments`
 */
export function readSegments(dataset: NaturalDataset): Segments {
  const padding = numberOf(dataset, 'PixelPaddingValue');
  const items = itemsOf(dataset, 'SegmentSequence').map((item) => ({
    item,
    number: numberOf(item, 'SegmentNumber'),
  }));
  const numbers = items.map(({ number }) => number);
  if (
    items.length === 0 ||
    numbers.includes(undefined) ||
    new Set(numbers).size < items.length ||
    items.length > MAX_VALUE + 1
  )
    throw new InputError(
      'seg.segments',
      `${tagName('SegmentSequence')} of the SEG must describe 1 to ${MAX_VALUE} segments with different ${tagName('SegmentNumber')}s; choose another SEG.`,
    );
  const real = items.filter(({ item }) => !isBackground(item, padding));
  const keep = real.every(({ number }) => number! >= 1 && number! <= MAX_VALUE);
  const values = new Map<number, number>([[0, 0]]);
  for (const { number } of items) values.set(number!, 0);
  const descriptions = real.map(({ item, number }, i) => {
    const value = keep ? number! : i + 1;
    values.set(number!, value);
    return parseSegment(item, value);
  });
  if (padding !== undefined) values.set(padding, 0);
  return { descriptions, values };
}
