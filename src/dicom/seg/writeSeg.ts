import { checkVoxels } from '../../volume/checks';
import { InputError } from '../../volume/errors';
import { type Geometry, indexToWorld } from '../../volume/geometry';
import { dicomDate, dicomDateTime, dicomTime } from '../dateTime';
import { encodePart10 } from '../part10';
import { SOP_CLASS, TRANSFER_SYNTAX } from '../syntaxes';
import { type Keyword, tagName } from '../tags';
import type { NaturalDataset, SegmentDescription } from '../types';
import { uidMaker } from '../uid';
import { numbersOf, textOf } from '../values';
import { packFrames } from './bits';
import { isStack, planFrames, type SegFrame, type SegKind } from './frames';
import { dimensions, frameGroups, reference, sharedGroups } from './functionalGroups';
import { encodeRle } from './rle';
import { longString, segmentItems } from './segmentItems';
import {
  contributingEquipment,
  lossyCompression,
  patientAndStudy,
  type Software,
} from './sourceModules';

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

/** A SEG, encoded. */
export interface SegObject {
  /** Part 10 file, to be stored as it is. */
  readonly bytes: ArrayBuffer;
  readonly sopInstanceUID: string;
  readonly seriesInstanceUID: string;
  readonly sopClassUID: string;
  readonly transferSyntaxUID: string;
}

const SERIES_NUMBER = 300;

/** What follows from the kind: SOP class, bits per pixel, and what is said only for label maps. */
const KIND = Object.freeze({
  LABELMAP: {
    SOPClassUID: SOP_CLASS.labelMapSegmentation,
    SegmentationType: 'LABELMAP',
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelPaddingValue: 0,
  },
  BINARY: {
    SOPClassUID: SOP_CLASS.segmentation,
    SegmentationType: 'BINARY',
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
  },
});

const NEEDED: readonly Keyword[] = [
  'SOPClassUID',
  'SOPInstanceUID',
  'SeriesInstanceUID',
  'StudyInstanceUID',
];

function check({ labelmap, geometry, segments, sources, kind }: SegRequest): void {
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
}

function frameOfReference({ geometry, sources }: SegRequest): string {
  const uid = geometry.frameOfReferenceUID ?? textOf(sources[0]!, 'FrameOfReferenceUID');
  if (uid) return uid;
  throw new InputError(
    'seg.frame-of-reference',
    `${tagName('FrameOfReferenceUID')} is missing in the source images, so the SEG would have no place in the patient; choose another series.`,
  );
}

/** Content Label is a Code String (PS3.5 6.2). */
const codeString = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 _]/g, '_')
    .slice(0, 16);

/** Pixel data: bits that run on over all frames, label maps native, or RLE frame by frame. */
function pixelData(request: SegRequest, frames: readonly SegFrame[]): ArrayBuffer | ArrayBuffer[] {
  const { labelmap, geometry, kind } = request;
  const [columns, rows] = geometry.dims;
  const size = rows * columns;
  const slice = (k: number) => labelmap.subarray(k * size, (k + 1) * size);
  if (kind === 'BINARY')
    return packFrames(
      frames.map(({ k, segment }) => ({ pixels: slice(k), value: segment! })),
      size,
    ).buffer as ArrayBuffer;
  if (request.compression === 'native') {
    const pixels = new Uint8Array(frames.length * size);
    frames.forEach(({ k }, f) => pixels.set(slice(k), f * size));
    return pixels.buffer;
  }
  return frames.map(({ k }) => encodeRle(slice(k), columns).buffer as ArrayBuffer);
}

/** Series, equipment and content of the object itself. */
function ownModules(request: SegRequest, now: Date): NaturalDataset {
  const { software, sources } = request;
  const date = { date: dicomDate(now), time: dicomTime(now) };
  return {
    InstanceCreationDate: date.date,
    InstanceCreationTime: date.time,
    Modality: 'SEG',
    SeriesNumber: request.seriesNumber ?? SERIES_NUMBER,
    SeriesDescription: longString(request.seriesDescription ?? 'Vessels'),
    SeriesDate: date.date,
    SeriesTime: date.time,
    InstanceNumber: 1,
    ContentDate: date.date,
    ContentTime: date.time,
    Manufacturer: longString(software.name),
    ManufacturerModelName: longString(software.name),
    SoftwareVersions: longString(software.version),
    // Software has no serial number; its version is what tells one build from another.
    DeviceSerialNumber: longString(software.version),
    ContributingEquipmentSequence: contributingEquipment(sources[0]!, software, dicomDateTime(now)),
    ContentLabel: codeString(request.contentLabel ?? 'VESSELS'),
    ContentDescription: 'Vessels; research use only, not for diagnosis',
    ContentCreatorName: `${software.name}^`,
    ContentQualification: 'RESEARCH',
  };
}

/**
 * Write a mask as DICOM SEG (PS3.3 A.51; Label Map Segmentation: Supplement 243).
 *
 * Patient and study are those of the source; the series, the instance and the dimension organisation are new. Slices
 * without voxels are left out, segments without voxels keep their description. A LABELMAP is compressed with RLE: it
 * shrinks vessel masks about fiftyfold, DCMTK, pydicom and Orthanc decode it, and OHIF 3.13 reads it right for every
 * size, whereas it scrambles BINARY objects in which Rows × Columns is no multiple of 8 (dcmjs 0.52 takes the bits of
 * such frames in the wrong order).
 *
 * @throws InputError `seg.empty`, `seg.undescribed-value`, `seg.segments`, `seg.sources`, `seg.missing-tag`,
 *   `seg.frame-of-reference`, `seg.algorithm`, and those of {@link checkVoxels}
 */
export function writeSeg(request: SegRequest): SegObject {
  check(request);
  const { labelmap, geometry, segments, sources, kind, now = new Date() } = request;
  const [columns, rows] = geometry.dims;
  const frameOfReferenceUID = frameOfReference(request);
  const frames = planFrames(labelmap, rows * columns, segments, kind);
  const native = kind === 'BINARY' || request.compression === 'native';
  const transferSyntaxUID = native
    ? TRANSFER_SYNTAX.explicitLittleEndian
    : TRANSFER_SYNTAX.rleLossless;
  const uid = uidMaker(request.seed);
  const [sopInstanceUID, seriesInstanceUID] = [uid('instance'), uid('series')];
  const dataset: NaturalDataset = {
    ...patientAndStudy(sources[0]!),
    ...ownModules(request, now),
    ...KIND[kind],
    SOPInstanceUID: sopInstanceUID,
    SeriesInstanceUID: seriesInstanceUID,
    FrameOfReferenceUID: frameOfReferenceUID,
    PositionReferenceIndicator: textOf(sources[0]!, 'PositionReferenceIndicator') ?? null,
    ReferencedSeriesSequence: [
      {
        SeriesInstanceUID: textOf(sources[0]!, 'SeriesInstanceUID'),
        ReferencedInstanceSequence: sources.map(reference),
      },
    ],
    ImageType: ['DERIVED', 'PRIMARY'],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    PixelRepresentation: 0,
    NumberOfFrames: frames.length,
    ...lossyCompression(sources),
    SegmentsOverlap: 'NO',
    SegmentSequence: segmentItems(segments, kind === 'LABELMAP'),
    ...dimensions(kind, uid('dimension organisation')),
    ...(isStack(frames) && { DimensionOrganizationType: '3D' }),
    SharedFunctionalGroupsSequence: [sharedGroups(sources[0]!, geometry)],
    PerFrameFunctionalGroupsSequence: frames.map((frame) =>
      frameGroups(
        frame,
        sources[frame.k]!,
        numbersOf(sources[frame.k]!, 'ImagePositionPatient', 3) ??
          indexToWorld(geometry, [0, 0, frame.k]),
      ),
    ),
    PixelData: pixelData(request, frames),
  };
  return {
    bytes: encodePart10(dataset, transferSyntaxUID),
    sopInstanceUID,
    seriesInstanceUID,
    sopClassUID: KIND[kind].SOPClassUID,
    transferSyntaxUID,
  };
}
