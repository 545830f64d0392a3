import { checkVoxels } from '../../../volume/checks';
import { InputError } from '../../../volume/errors';
import { type Geometry, type Vec3, worldToIndex } from '../../../volume/geometry';
import { type Keyword, tagName } from '../../tags';
import type { InstanceReference, NaturalDataset, SegmentDescription } from '../../types';
import { numbersOf, textOf } from '../../values';
import type { Software } from './sourceModules';

/** What every SEG says. */
interface Common {
  readonly geometry: Geometry;
  /**
   * Numbers 1, 2, 3 … in this order for BINARY and FRACTIONAL; any of 1..65535 for LABELMAP. A segment may have no
   * voxels: it keeps its description.
   */
  readonly segments: readonly SegmentDescription[];
  /**
   * Data set of the source image of each slice, in the order of the geometry; of a multi-frame image, those of
   * `imageFrames`.
   */
  readonly sources: readonly NaturalDataset[];
  /**
   * Of LABELMAP and FRACTIONAL; `rle` unless said. BINARY is always native: RLE of single bits is not defined
   * (PS3.5 G.2).
   */
  readonly compression?: 'rle' | 'native';
  readonly seriesNumber?: number;
  readonly seriesDescription?: string;
  /** Content Label: up to 16 capitals, digits, blanks and underscores. */
  readonly contentLabel?: string;
  readonly software: Software;
  /**
   * Of a series that is no regular grid: one sentence on how it was resampled for the segmentation. Each frame then
   * lies where its image says, whatever the geometry, and the object does not say that its frames are a stack.
   */
  readonly resampled?: string;
  /** A SEG of the same study that this one replaces; it stays as it is. */
  readonly predecessor?: InstanceReference;
  readonly now?: Date;
  /** The same seed gives the same UIDs, for samples and tests; new ones when absent. */
  readonly seed?: string;
}

/** One value per voxel, so that segments cannot overlap. */
interface LabelmapContent {
  /**
   * LABELMAP (Supplement 243): one value per voxel; BINARY: one bit per segment, which older systems read too.
   */
  readonly kind: 'LABELMAP' | 'BINARY';
  /** 0 is background, other values are the numbers of segments; x fastest. */
  readonly labelmap: Uint8Array | Uint16Array;
  /** Bits per pixel of a LABELMAP: 8 where all numbers are up to 255, unless said. */
  readonly bits?: 8 | 16;
}

/** A mask per segment; they may overlap. */
interface MasksContent {
  readonly kind: 'BINARY';
  /** In the order of the segments, 0 or not 0, x fastest. */
  readonly masks: readonly Uint8Array[];
}

/** A probability map per segment. */
interface ProbabilityContent {
  readonly kind: 'FRACTIONAL';
  /** In the order of the segments, x fastest: 0..255, or 0..1 as float, which is stored in steps of 1/255. */
  readonly probabilities: readonly (Uint8Array | Float32Array)[];
}

/** What the pixels of a SEG are made of. */
export type SegContent = LabelmapContent | MasksContent | ProbabilityContent;

/** What a SEG is made of. */
export type SegRequest = Common & SegContent;

/** A labelmap as a SEG. */
export type LabelmapRequest = Common & LabelmapContent;

/** How the pixels of a SEG are stored. */
export type SegKind = SegRequest['kind'];

const NEEDED: readonly Keyword[] = [
  'SOPClassUID',
  'SOPInstanceUID',
  'SeriesInstanceUID',
  'StudyInstanceUID',
];

/** Largest number that fits into the bits of a label map. */
const MAX_NUMBER = Object.freeze({ 8: 255, 16: 65535 });

/** Bits per pixel of a label map. */
export const labelmapBits = ({
  bits,
  segments,
}: Pick<LabelmapContent, 'bits'> & Pick<Common, 'segments'>): 8 | 16 =>
  bits ?? (segments.every(({ number }) => number <= MAX_NUMBER[8]) ? 8 : 16);

/**
 * Each source lies on its slice, or over the one before where slices are no regular grid: a mask must never land on
 * another one.
 */
function checkPlaces({ sources, geometry, resampled }: SegRequest): void {
  const heights = sources.map((source) => {
    const position = numbersOf(source, 'ImagePositionPatient', 3) as Vec3 | undefined;
    return position && worldToIndex(geometry, position)[2];
  });
  const wrong = heights.findIndex(
    (height, k) =>
      height !== undefined &&
      (resampled === undefined
        ? Math.round(height) !== k
        : height <= (heights[k - 1] ?? -Infinity)),
  );
  if (wrong >= 0)
    throw new InputError(
      'seg.source-order',
      `${tagName('ImagePositionPatient')} of source image ${wrong + 1} lies on another slice than number ${wrong + 1} of the mask; sort the images as the geometry of the series does.`,
    );
}

/** Voxel arrays of the content, one for all or one per segment. */
function arraysOf(content: SegContent): readonly ArrayLike<number>[] {
  if ('probabilities' in content) return content.probabilities;
  return 'masks' in content ? content.masks : [content.labelmap];
}

function checkVoxelArrays(request: SegRequest): void {
  const arrays = arraysOf(request);
  arrays.forEach((voxels, i) =>
    checkVoxels(
      voxels,
      request.geometry.dims,
      arrays.length > 1 ? `the mask of segment ${i + 1}` : 'the mask',
    ),
  );
  if (!('labelmap' in request) && arrays.length !== request.segments.length)
    throw new InputError(
      'seg.segments',
      `${tagName('SegmentSequence')} describes ${request.segments.length} segments, but there are ${arrays.length} masks; give one of each for each segment.`,
    );
}

function checkNumbers(request: SegRequest): void {
  const numbers = request.segments.map(({ number }) => number);
  const max = request.kind === 'LABELMAP' ? MAX_NUMBER[labelmapBits(request)] : 0;
  const valid =
    request.kind === 'LABELMAP'
      ? numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= max)
      : numbers.every((number, i) => number === i + 1);
  if (numbers.length === 0 || !valid || new Set(numbers).size < numbers.length)
    throw new InputError(
      'seg.segments',
      `${tagName('SegmentNumber')} must be ${request.kind === 'LABELMAP' ? `different numbers from 1 to ${max}` : '1, 2, 3 … in order'}, but is ${numbers.join(', ') || 'absent'}.`,
    );
}

/**
 * Refuse what cannot become a SEG.
 *
 * @throws InputError `seg.sources`, `seg.source-order`, `seg.segments`, `seg.missing-tag` and those of {@link checkVoxels}
 */
export function checkRequest(request: SegRequest): void {
  const { geometry, sources } = request;
  checkVoxelArrays(request);
  if (sources.length !== geometry.dims[2])
    throw new InputError(
      'seg.sources',
      `The series has ${sources.length} images for ${geometry.dims[2]} slices; load the complete series.`,
    );
  checkNumbers(request);
  for (const keyword of NEEDED)
    if (sources.some((source) => !textOf(source, keyword)))
      throw new InputError(
        'seg.missing-tag',
        `${tagName(keyword)} is missing in the source images, so the SEG cannot refer to them; load the series from a DICOM server or folder.`,
      );
  checkPlaces(request);
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
