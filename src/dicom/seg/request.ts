import { checkVoxels } from '../../volume/checks';
import { InputError } from '../../volume/errors';
import { type Geometry, type Vec3, worldToIndex } from '../../volume/geometry';
import { type Keyword, tagName } from '../tags';
import type { NaturalDataset, SegmentDescription } from '../types';
import { numbersOf, textOf } from '../values';
import type { SegKind } from './frames';
import type { Software } from './sourceModules';

/** What a SEG is made of. */
export interface SegRequest {
  /** 0 is background, other values are the numbers of segments; x fastest. */
  readonly labelmap: Uint8Array;
  readonly geometry: Geometry;
  /** Numbers 1, 2, 3 … in this order for BINARY; any of 1..255 for LABELMAP. A segment may have no voxels. */
  readonly segments: readonly SegmentDescription[];
  /** Data set of the source image of each slice, in the order of the geometry. */
  readonly sources: readonly NaturalDataset[];
  /**
   * LABELMAP (Supplement 243): one value per voxel; BINARY: one bit per segment, which older systems read too.
   */
  readonly kind: SegKind;
  /**
   * Of a LABELMAP; `rle` unless said. BINARY is always native: RLE of single bits is not defined (PS3.5 G.2).
   */
  readonly compression?: 'rle' | 'native';
  readonly seriesNumber?: number;
  readonly seriesDescription?: string;
  /** Content Label: up to 16 capitals, digits, blanks and underscores. */
  readonly contentLabel?: string;
  readonly software: Software;
  readonly now?: Date;
  /** The same seed gives the same UIDs, for samples and tests; new ones when absent. */
  readonly seed?: string;
}

const NEEDED: readonly Keyword[] = [
  'SOPClassUID',
  'SOPInstanceUID',
  'SeriesInstanceUID',
  'StudyInstanceUID',
];

/** Each source lies on its slice: a mask must never land on another one. */
function checkPlaces(sources: readonly NaturalDataset[], geometry: Geometry): void {
  const wrong = sources.findIndex((source, k) => {
    const position = numbersOf(source, 'ImagePositionPatient', 3) as Vec3 | undefined;
    return position && Math.round(worldToIndex(geometry, position)[2]) !== k;
  });
  if (wrong >= 0)
    throw new InputError(
      'seg.source-order',
      `${tagName('ImagePositionPatient')} of source image ${wrong + 1} lies on another slice than number ${wrong + 1} of the mask; sort the images as the geometry of the series does.`,
    );
}

/**
 * Refuse what cannot become a SEG.
 *
 * @throws InputError `seg.sources`, `seg.source-order`, `seg.segments`, `seg.missing-tag` and those of {@link checkVoxels}
 */
export function checkRequest({ labelmap, geometry, segments, sources, kind }: SegRequest): void {
  checkVoxels(labelmap, geometry.dims, 'the mask');
  if (sources.length !== geometry.dims[2])
    throw new InputError(
      'seg.sources',
      `The series has ${sources.length} images for ${geometry.dims[2]} slices; load the complete series.`,
    );
  const numbers = segments.map(({ number }) => number);
  const valid =
    kind === 'BINARY'
      ? numbers.every((number, i) => number === i + 1)
      : numbers.every((number) => number >= 1 && number <= 255);
  if (segments.length === 0 || !valid || new Set(numbers).size < numbers.length)
    throw new InputError(
      'seg.segments',
      `${tagName('SegmentNumber')} must be ${kind === 'BINARY' ? '1, 2, 3 … in order' : 'different numbers from 1 to 255'}, but is ${numbers.join(', ') || 'absent'}.`,
    );
  for (const keyword of NEEDED)
    if (sources.some((source) => !textOf(source, keyword)))
      throw new InputError(
        'seg.missing-tag',
        `${tagName(keyword)} is missing in the source images, so the SEG cannot refer to them; load the series from a DICOM server or folder.`,
      );
  checkPlaces(sources, geometry);
}

/**
 * Frame of reference of the mask, which is its source's.
 *
 * @throws InputError `seg.frame-of-reference`
 */
export function frameOfReference({ geometry, sources }: SegRequest): string {
  const uid = geometry.frameOfReferenceUID ?? textOf(sources[0]!, 'FrameOfReferenceUID');
  if (uid) return uid;
  throw new InputError(
    'seg.frame-of-reference',
    `${tagName('FrameOfReferenceUID')} is missing in the source images, so the SEG would have no place in the patient; choose another series.`,
  );
}
