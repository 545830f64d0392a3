import { CATEGORY } from '../../codes';
import { tagName } from '../../tags';
import type { NaturalDataset, SegmentDescription } from '../../types';
import { itemsOf, numberOf } from '../../values';
import { codeOf } from '../codeItems';
import { parseSegment } from '../segmentItems';
import { refusal } from './refusal';

/** What the Segment Sequence describes. */
export interface Segments {
  /** Without the background of a label map. */
  readonly descriptions: readonly SegmentDescription[];
  /** Pixel values that mean background in a label map. */
  readonly background: ReadonlySet<number>;
}

const MAX_NUMBER = 65535;

const isBackground = (item: NaturalDataset) =>
  codeOf(item, 'SegmentedPropertyTypeCodeSequence')?.value === CATEGORY.background.value;

/**
 * Read the Segment Sequence. Background of a label map is what it pads with, what it calls background, and 0 where no
 * segment has that number.
 *
 * @throws DicomError `seg.segments`
 */
export function readSegments(dataset: NaturalDataset): Segments {
  const padding = numberOf(dataset, 'PixelPaddingValue');
  const items = itemsOf(dataset, 'SegmentSequence');
  const numbers = items.map((item) => numberOf(item, 'SegmentNumber') ?? -1);
  const valid = (number: number) => Number.isInteger(number) && number >= 0 && number <= MAX_NUMBER;
  if (items.length === 0 || !numbers.every(valid) || new Set(numbers).size < items.length)
    throw refusal(
      'seg.segments',
      'SegmentSequence',
      'PS3.3 C.8.20.2',
      `${tagName('SegmentSequence')} of the SEG must describe segments with different ${tagName('SegmentNumber')}s from 0 to ${MAX_NUMBER}, but has ${items.length} items${items.length > 0 ? ' of which some lack one or share it' : ''}`,
    );
  const background = new Set(
    numbers.filter((number, i) => number === padding || isBackground(items[i]!)),
  );
  if (padding !== undefined) background.add(padding);
  if (!numbers.includes(0)) background.add(0);
  return {
    descriptions: items.flatMap((item, i) =>
      background.has(numbers[i]!) ? [] : [parseSegment(item, numbers[i]!)],
    ),
    background,
  };
}
