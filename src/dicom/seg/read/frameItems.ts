import type { Vec3 } from '../../../volume/geometry';
import { tagName } from '../../tags';
import type { NaturalDataset } from '../../types';
import { itemsOf, numberOf, numbersOf, textOf } from '../../values';
import { refusal } from './refusal';

/** An image, or a frame of one, that a frame was made from. */
export interface SourceReference {
  readonly sopInstanceUID: string;
  /** From 1; absent for single-frame images. */
  readonly frame?: number;
}

/** What the file says of one frame besides its pixels. */
export interface FrameItem {
  /** Segment Number; absent in a label map. */
  readonly segment?: number;
  /** Image Position (Patient) of its first pixel's centre, mm. */
  readonly position?: Vec3;
  /** Image Orientation (Patient): direction of the rows, then of the columns. */
  readonly orientation?: readonly number[];
  /** Pixel Spacing: between rows, between columns, mm. */
  readonly pixelSpacing?: readonly number[];
  /** Spacing Between Slices, mm. */
  readonly sliceSpacing?: number;
  /** Slice Thickness, mm. */
  readonly sliceThickness?: number;
  readonly sources: readonly SourceReference[];
}

/** The first value that is found in the functional groups of a frame, else in the shared ones. */
function fromGroups<T>(
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

const exactly = (item: NaturalDataset, keyword: string, count: number) => {
  const numbers = numbersOf(item, keyword, count);
  return numbers?.length === count ? numbers : undefined;
};

const positive = (value: number | undefined) =>
  value !== undefined && value > 0 ? value : undefined;

/** References of the images that a frame was made from (PS3.3 C.7.6.16.2.6). */
function sourcesOf(groups: readonly NaturalDataset[]): SourceReference[] {
  const derivations = groups.flatMap((group) => itemsOf(group, 'DerivationImageSequence'));
  return derivations
    .flatMap((derivation) => itemsOf(derivation, 'SourceImageSequence'))
    .flatMap((image) => {
      const sopInstanceUID = textOf(image, 'ReferencedSOPInstanceUID');
      const frame = numberOf(image, 'ReferencedFrameNumber');
      return sopInstanceUID ? [{ sopInstanceUID, ...(frame !== undefined && { frame }) }] : [];
    });
}

const readItem = (groups: readonly NaturalDataset[]): FrameItem => ({
  segment: fromGroups(groups, 'SegmentIdentificationSequence', (item) =>
    numberOf(item, 'ReferencedSegmentNumber'),
  ),
  position: fromGroups(groups, 'PlanePositionSequence', (item) =>
    exactly(item, 'ImagePositionPatient', 3),
  ) as Vec3 | undefined,
  orientation: fromGroups(groups, 'PlaneOrientationSequence', (item) =>
    exactly(item, 'ImageOrientationPatient', 6),
  ),
  pixelSpacing: fromGroups(groups, 'PixelMeasuresSequence', (item) =>
    exactly(item, 'PixelSpacing', 2),
  ),
  sliceSpacing: fromGroups(groups, 'PixelMeasuresSequence', (item) =>
    positive(numberOf(item, 'SpacingBetweenSlices')),
  ),
  sliceThickness: fromGroups(groups, 'PixelMeasuresSequence', (item) =>
    positive(numberOf(item, 'SliceThickness')),
  ),
  sources: sourcesOf(groups),
});

/** Frames that need no items: whole slides, tile by tile, one segment after the other (PS3.3 C.7.6.17.3). */
function fullTiles(dataset: NaturalDataset, count: number): FrameItem[] | undefined {
  const segments = itemsOf(dataset, 'SegmentSequence');
  const tiles = count / segments.length;
  if (textOf(dataset, 'DimensionOrganizationType') !== 'TILED_FULL' || !Number.isInteger(tiles))
    return undefined;
  return Array.from({ length: count }, (_, f) => ({
    segment: numberOf(segments[Math.floor(f / tiles)]!, 'SegmentNumber'),
    sources: [],
  }));
}

/** Most frames of a file whose frames need no items; its count is then all that tells how much memory they take. */
const MAX_TILES = 2 ** 20;

/**
 * What the functional groups say of each frame.
 *
 * @throws DicomError `seg.frames`
 */
export function readFrameItems(dataset: NaturalDataset): FrameItem[] {
  const items = itemsOf(dataset, 'PerFrameFunctionalGroupsSequence');
  const shared = itemsOf(dataset, 'SharedFunctionalGroupsSequence');
  const count = numberOf(dataset, 'NumberOfFrames') ?? 1;
  if (items.length === count && count > 0) return items.map((item) => readItem([item, ...shared]));
  const tiles = items.length === 0 && count > 0 && count <= MAX_TILES && fullTiles(dataset, count);
  if (tiles) return tiles;
  throw refusal(
    'seg.frames',
    'NumberOfFrames',
    'PS3.3 C.7.6.16',
    `The SEG has ${count} as ${tagName('NumberOfFrames')} but ${items.length} items in ${tagName('PerFrameFunctionalGroupsSequence')}`,
  );
}
