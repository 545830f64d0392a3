import { InputError } from '../../volume/errors';
import type { Geometry } from '../../volume/geometry';
import { voxelCount } from '../../volume/geometry';
import { decodePart10, type Part10 } from '../part10';
import { tagName } from '../tags';
import type { NaturalDataset, SegmentDescription } from '../types';
import { itemsOf, numberOf, textOf } from '../values';
import { type FrameFormat, frameReader } from './pixels';
import { checkGrid, fromGroups, sliceOfFrame } from './placement';
import { readSegments, type Segments } from './readSegments';

/** A SEG on the grid of a series. */
export interface SegMask {
  /** 0 is background, other values are the numbers of segments; x fastest. */
  readonly labelmap: Uint8Array;
  readonly segments: readonly SegmentDescription[];
}

/** The voxel value of each pixel value; -1 where the SEG does not describe it. */
type Table = Int16Array;

const UNDESCRIBED = -1;

/** What pixels mean, by Segmentation Type: the voxel value of a pixel in a frame of a segment. */
const MEANING: Readonly<
  Record<
    string,
    (dataset: NaturalDataset, segments: Segments) => (pixel: number, segment: number) => number
  >
> = Object.freeze({
  BINARY:
    (_, { values }) =>
    (pixel, segment) =>
      pixel === 0 ? 0 : (values.get(segment) ?? UNDESCRIBED),
  FRACTIONAL: (dataset, { values }) => {
    const half = (numberOf(dataset, 'MaximumFractionalValue') ?? 255) / 2;
    return (pixel, segment) => (pixel < half ? 0 : (values.get(segment) ?? UNDESCRIBED));
  },
  LABELMAP:
    (_, { values }) =>
    (pixel) =>
      values.get(pixel) ?? UNDESCRIBED,
});

/** Tables by segment, each made once; a label map has one for all frames. */
function tables(meaning: (pixel: number, segment: number) => number, bits: number) {
  const known = new Map<number, Table>();
  return (segment: number): Table => {
    let table = known.get(segment);
    if (!table) {
      table = Int16Array.from({ length: 2 ** bits }, (_, pixel) => meaning(pixel, segment));
      known.set(segment, table);
    }
    return table;
  };
}

function formatOf(dataset: NaturalDataset, count: number): FrameFormat {
  const bits = numberOf(dataset, 'BitsAllocated');
  if (bits !== 1 && bits !== 8 && bits !== 16)
    throw new InputError(
      'seg.bits',
      `${tagName('BitsAllocated')} of the SEG is ${bits}, but 1, 8 or 16 is needed; choose another SEG.`,
    );
  return { bits, count, size: numberOf(dataset, 'Rows')! * numberOf(dataset, 'Columns')! };
}

function framesOf(dataset: NaturalDataset): readonly NaturalDataset[] {
  const frames = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');
  const count = numberOf(dataset, 'NumberOfFrames') ?? 1;
  if (frames.length === count && count > 0) return frames;
  throw new InputError(
    'seg.frames',
    `The SEG has ${count} as ${tagName('NumberOfFrames')} but ${frames.length} items in ${tagName('PerFrameFunctionalGroupsSequence')}; choose another SEG.`,
  );
}

function meaningOf({ dataset }: Part10) {
  const type = textOf(dataset, 'SegmentationType');
  if (textOf(dataset, 'Modality') !== 'SEG' || !type)
    throw new InputError(
      'seg.not-a-seg',
      `The object is no DICOM segmentation (it has no ${tagName('SegmentationType')}); choose a SEG.`,
    );
  const meaning = MEANING[type];
  if (meaning) return meaning;
  throw new InputError(
    'seg.type',
    `${tagName('SegmentationType')} of the SEG is ${type}, but BINARY, FRACTIONAL or LABELMAP is needed; choose another SEG.`,
  );
}

/**
 * Read a SEG onto the grid of a series: BINARY, LABELMAP (8 or 16 bits) or FRACTIONAL, native, RLE or deflated.
 *
 * Each frame is placed by its Image Position (Patient), whatever its order; slices without a frame are background.
 * Where segments overlap, the later frame wins, so that the union of all segments is right but not each of them.
 * FRACTIONAL values count from half of Maximum Fractional Value (0062,000E) on. Segment Numbers are kept where all
 * are 1..255, else the segments are numbered from 1.
 *
 * @param bytes Part 10 file
 * @throws InputError `dicom.unreadable`, `seg.not-a-seg`, `seg.type`, `seg.frame-of-reference`, `seg.matrix`,
 *   `seg.orientation`, `seg.pixel-spacing`, `seg.position`, `seg.frames`, `seg.segments`, `seg.segment`, `seg.bits`,
 *   `seg.transfer-syntax`, `seg.pixel-data`, `seg.rle`
 */
export function readSeg(bytes: ArrayBuffer, geometry: Geometry): SegMask {
  const file = decodePart10(bytes);
  const { dataset } = file;
  const meaning = meaningOf(file);
  checkGrid(dataset, geometry);
  const frames = framesOf(dataset);
  const segments = readSegments(dataset);
  const format = formatOf(dataset, frames.length);
  const pixelsOf = frameReader(file, format);
  const shared = itemsOf(dataset, 'SharedFunctionalGroupsSequence');
  const labelmap = new Uint8Array(voxelCount(geometry));

  const tableOf = tables(meaning(dataset, segments), format.bits);

  frames.forEach((frame, f) => {
    const groups = [frame, ...shared];
    const start = sliceOfFrame(groups, geometry, f + 1) * format.size;
    const segment = fromGroups(groups, 'SegmentIdentificationSequence', (item) =>
      numberOf(item, 'ReferencedSegmentNumber'),
    );
    const table = tableOf(segment ?? NaN);
    const pixels = pixelsOf(f);
    for (let i = 0; i < format.size; i++) {
      const value = table[pixels[i]!]!;
      if (value === UNDESCRIBED)
        throw new InputError(
          'seg.segment',
          `Frame ${f + 1} of the SEG uses ${tagName('ReferencedSegmentNumber')} or the value ${segment ?? pixels[i]}, which ${tagName('SegmentSequence')} does not describe; choose another SEG.`,
        );
      if (value !== 0) labelmap[start + i] = value;
    }
  });
  return { labelmap, segments: segments.descriptions };
}
