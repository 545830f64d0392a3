import { indexToWorld } from '../../../volume/geometry';
import { encodePart10 } from '../../part10';
import { predecessorOf } from '../../references';
import { SOP_CLASS, TRANSFER_SYNTAX } from '../../syntaxes';
import type { NaturalDataset } from '../../types';
import { uidMaker } from '../../uid';
import { numbersOf, textOf } from '../../values';
import { MAX_FRACTION, presenceOf, segmentsOverlap } from './content';
import { encodeFrames } from './encodeFrames';
import { isStack, planFrames } from './frames';
import { dimensions, frameGroups, referencedSeries, sharedGroups } from './functionalGroups';
import { ownModules } from './ownModules';
import { checkRequest, frameOfReference, labelmapBits, type SegRequest } from './request';
import { segmentItems } from '../segmentItems';
import { lossyCompression, patientAndStudy } from './sourceModules';

/** A SEG, encoded. */
export interface SegObject {
  /** Part 10 file, to be stored as it is. */
  readonly bytes: ArrayBuffer;
  readonly sopInstanceUID: string;
  readonly seriesInstanceUID: string;
  readonly sopClassUID: string;
  readonly transferSyntaxUID: string;
}

/** What follows from the kind, besides the bits: SOP class, and what is said of this kind alone. */
const KIND = Object.freeze({
  LABELMAP: {
    SOPClassUID: SOP_CLASS.labelMapSegmentation,
    SegmentationType: 'LABELMAP',
    PixelPaddingValue: 0,
  },
  BINARY: { SOPClassUID: SOP_CLASS.segmentation, SegmentationType: 'BINARY' },
  FRACTIONAL: {
    SOPClassUID: SOP_CLASS.segmentation,
    SegmentationType: 'FRACTIONAL',
    SegmentationFractionalType: 'PROBABILITY',
    MaximumFractionalValue: MAX_FRACTION,
  },
});

/** Bits per pixel (PS3.3 C.8.20.2). */
function bitsOf(request: SegRequest): number {
  if (request.kind === 'LABELMAP') return labelmapBits(request);
  return request.kind === 'BINARY' ? 1 : 8;
}

function pixelModule(request: SegRequest, frames: number): NaturalDataset {
  const [columns, rows] = request.geometry.dims;
  const bits = bitsOf(request);
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    NumberOfFrames: frames,
    Rows: rows,
    Columns: columns,
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
  };
}

/**
 * Write a segmentation as DICOM SEG (PS3.3 A.51; Label Map Segmentation: Supplement 243): a labelmap, masks that may
 * overlap, or probability maps.
 *
 * Patient and study are those of the source; the series, the instance and the dimension organisation are new. Slices
 * without voxels are left out, segments without voxels keep their description; an object without any voxel has one
 * frame. A LABELMAP is compressed with RLE: it shrinks vessel masks about fiftyfold, DCMTK, pydicom and Orthanc decode
 * it, and OHIF 3.13 reads it right for every size, whereas it scrambles BINARY objects in which Rows × Columns is no
 * multiple of 8 (dcmjs 0.52 takes the bits of such frames in the wrong order).
 *
 * @throws InputError `seg.undescribed-value`, `seg.segments`, `seg.sources`, `seg.source-order`, `seg.missing-tag`,
 *   `seg.frame-of-reference`, `seg.algorithm`, `seg.tracking`, `seg.probability`, and those of {@link checkVoxels}
 */
export function writeSeg(request: SegRequest): SegObject {
  checkRequest(request);
  const { geometry, segments, sources, kind, now = new Date() } = request;
  const size = geometry.dims[0] * geometry.dims[1];
  const frameOfReferenceUID = frameOfReference(request);
  const frames = planFrames(presenceOf(request, segments, size), segments, kind);
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
    ...pixelModule(request, frames.length),
    SOPInstanceUID: sopInstanceUID,
    SeriesInstanceUID: seriesInstanceUID,
    FrameOfReferenceUID: frameOfReferenceUID,
    PositionReferenceIndicator: textOf(sources[0]!, 'PositionReferenceIndicator') ?? null,
    ReferencedSeriesSequence: referencedSeries(sources),
    ...predecessorOf(sources[0]!, request.predecessor),
    ImageType: ['DERIVED', 'PRIMARY'],
    ...lossyCompression(sources),
    SegmentsOverlap: segmentsOverlap(request, size) ? 'YES' : 'NO',
    SegmentSequence: segmentItems(segments, kind === 'LABELMAP'),
    ...dimensions(kind, uid('dimension organisation')),
    ...(isStack(frames) && !request.resampled && { DimensionOrganizationType: '3D' }),
    SharedFunctionalGroupsSequence: [sharedGroups(sources[0]!, geometry, !request.resampled)],
    PerFrameFunctionalGroupsSequence: frames.map((frame) =>
      frameGroups(
        frame,
        sources[frame.k]!,
        numbersOf(sources[frame.k]!, 'ImagePositionPatient', 3) ??
          indexToWorld(geometry, [0, 0, frame.k]),
      ),
    ),
    PixelData: encodeFrames(request, frames),
  };
  return {
    bytes: encodePart10(dataset, transferSyntaxUID),
    sopInstanceUID,
    seriesInstanceUID,
    sopClassUID: KIND[kind].SOPClassUID,
    transferSyntaxUID,
  };
}
