import { viewPart10 } from '../../part10';
import { tagName } from '../../tags';
import type { NaturalDataset, SegmentDescription } from '../../types';
import { numberOf, textOf } from '../../values';
import { type FrameItem, readFrameItems } from './frameItems';
import { frameReader, type Pixels } from './pixels';
import { refusal } from './refusal';
import { readSegments } from './segments';

/** Segmentation Type. */
export type SegType = 'BINARY' | 'FRACTIONAL' | 'LABELMAP';

/** A SEG, opened: what it says of itself and of its frames; pixels are decoded when they are asked for. */
export interface Seg {
  readonly type: SegType;
  readonly rows: number;
  readonly columns: number;
  readonly bits: 1 | 8 | 16;
  readonly frameOfReferenceUID?: string;
  /** Without the background of a label map; numbered as in the file. */
  readonly segments: readonly SegmentDescription[];
  readonly frames: readonly FrameItem[];
  /** The pixel value that means 1 of a FRACTIONAL object: Maximum Fractional Value. */
  readonly maxFraction: number;
  /** Pixel values that mean background in a LABELMAP. */
  readonly background: ReadonlySet<number>;
  /**
   * Stored pixels of a frame, by its number from 0: 0 or 1, fractions up to `maxFraction`, or Segment Numbers.
   *
   * @throws DicomError `seg.pixel-data`, `seg.rle`
   */
  pixels(frame: number): Pixels;
  /** The pixels of a frame that are not 0, in the order of their places; it throws as `pixels` does. */
  eachPixel(frame: number, put: (place: number, pixel: number) => void): void;
}

const TYPES: readonly string[] = ['BINARY', 'FRACTIONAL', 'LABELMAP'] satisfies SegType[];

function typeOf(dataset: NaturalDataset): SegType {
  const type = textOf(dataset, 'SegmentationType');
  if (textOf(dataset, 'Modality') !== 'SEG' || !type)
    throw refusal(
      'seg.not-a-seg',
      'SegmentationType',
      'PS3.3 C.8.20.2',
      `The object is no DICOM segmentation: it has no ${tagName('SegmentationType')}`,
      'choose a SEG',
    );
  if (TYPES.includes(type)) return type as SegType;
  throw refusal(
    'seg.type',
    'SegmentationType',
    'PS3.3 C.8.20.2',
    `${tagName('SegmentationType')} of the SEG is none of BINARY, FRACTIONAL and LABELMAP`,
  );
}

function bitsOf(dataset: NaturalDataset): 1 | 8 | 16 {
  const bits = numberOf(dataset, 'BitsAllocated');
  if (bits === 1 || bits === 8 || bits === 16) return bits;
  throw refusal(
    'seg.bits',
    'BitsAllocated',
    'PS3.3 C.8.20.2',
    `${tagName('BitsAllocated')} of the SEG is ${bits ?? 'missing'}, but 1, 8 or 16 is needed`,
  );
}

function sizeOf(dataset: NaturalDataset, keyword: 'Rows' | 'Columns'): number {
  const value = numberOf(dataset, keyword);
  if (value !== undefined && Number.isInteger(value) && value > 0) return value;
  throw refusal(
    'seg.matrix',
    keyword,
    'PS3.3 C.7.6.3',
    `${tagName(keyword)} of the SEG is ${value ?? 'missing'}, but must be at least 1`,
  );
}

function fractionOf(dataset: NaturalDataset): number {
  const max = numberOf(dataset, 'MaximumFractionalValue') ?? 255;
  if (max > 0) return max;
  throw refusal(
    'seg.fraction',
    'MaximumFractionalValue',
    'PS3.3 C.8.20.2',
    `${tagName('MaximumFractionalValue')} of the SEG is ${max}, but must be above 0`,
  );
}

/**
 * Open a SEG: BINARY, FRACTIONAL or LABELMAP (8 or 16 bits), native, RLE Lossless or deflated.
 *
 * @param file Part 10 file; its bytes are kept, not copied
 * @throws DicomError `dicom.unreadable`, `seg.not-a-seg`, `seg.type`, `seg.frames`, `seg.segments`, `seg.bits`,
 *   `seg.matrix`, `seg.fraction`, `seg.transfer-syntax`, `seg.pixel-data`
 */
export function openSeg(file: ArrayBuffer | Uint8Array): Seg {
  const part10 = viewPart10(file);
  const { dataset } = part10;
  const type = typeOf(dataset);
  const frames = readFrameItems(dataset);
  const { descriptions, background } = readSegments(dataset);
  const [rows, columns] = [sizeOf(dataset, 'Rows'), sizeOf(dataset, 'Columns')];
  const bits = bitsOf(dataset);
  const uid = textOf(dataset, 'FrameOfReferenceUID');
  return {
    type,
    rows,
    columns,
    bits,
    ...(uid !== undefined && { frameOfReferenceUID: uid }),
    segments: descriptions,
    frames,
    maxFraction: type === 'FRACTIONAL' ? fractionOf(dataset) : 1,
    background,
    ...frameReader(part10, { bits, size: rows * columns, count: frames.length }),
  };
}
