import type { Geometry } from '../../../volume/geometry';
import { PROVENANCE } from '../../codes';
import type { NaturalDataset } from '../../types';
import { numberOf, numbersOf } from '../../values';
import { codeItem } from '../codeItems';
import type { SegFrame } from './frames';
import type { SegKind } from './request';

const TAG = Object.freeze({
  imagePosition: 0x00200032,
  planePosition: 0x00209113,
  referencedSegmentNumber: 0x0062000b,
  segmentIdentification: 0x0062000a,
});

/** Reference to an instance. */
const reference = ({ SOPClassUID, SOPInstanceUID }: NaturalDataset): NaturalDataset => ({
  ReferencedSOPClassUID: SOPClassUID,
  ReferencedSOPInstanceUID: SOPInstanceUID,
});

/** Every source instance once, by series (PS3.3 C.12.2): a multi-frame image is the source of many slices. */
export function referencedSeries(sources: readonly NaturalDataset[]): NaturalDataset[] {
  const series = new Map<unknown, Map<unknown, NaturalDataset>>();
  for (const source of sources) {
    const instances = series.get(source.SeriesInstanceUID) ?? new Map<unknown, NaturalDataset>();
    instances.set(source.SOPInstanceUID, reference(source));
    series.set(source.SeriesInstanceUID, instances);
  }
  return [...series].map(([SeriesInstanceUID, instances]) => ({
    SeriesInstanceUID,
    ReferencedInstanceSequence: [...instances.values()],
  }));
}

/** Multi-frame Dimension module (PS3.3 C.7.6.17). @param uid of the dimension organisation */
export function dimensions(kind: SegKind, uid: string): NaturalDataset {
  const index = (pointer: number, group: number, label: string): NaturalDataset => ({
    DimensionOrganizationUID: uid,
    DimensionIndexPointer: pointer,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  });
  const segment = index(
    TAG.referencedSegmentNumber,
    TAG.segmentIdentification,
    'Referenced Segment Number',
  );
  const position = index(TAG.imagePosition, TAG.planePosition, 'Image Position (Patient)');
  return {
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: uid }],
    DimensionIndexSequence: kind === 'LABELMAP' ? [position] : [segment, position],
  };
}

/** What all frames share: pixel measures and orientation. @param isRegular whether slices lie at equal distances */
export function sharedGroups(
  source: NaturalDataset,
  { spacing, direction }: Geometry,
  isRegular: boolean,
): NaturalDataset {
  return {
    PixelMeasuresSequence: [
      {
        PixelSpacing: [spacing[1], spacing[0]],
        SliceThickness: numberOf(source, 'SliceThickness') ?? spacing[2],
        ...(isRegular && { SpacingBetweenSlices: spacing[2] }),
      },
    ],
    PlaneOrientationSequence: [
      {
        ImageOrientationPatient:
          numbersOf(source, 'ImageOrientationPatient', 6) ?? direction.slice(0, 6),
      },
    ],
  };
}

/** What belongs to one frame: its indices, place, source and segment. */
export function frameGroups(
  { segment, dimensionIndex }: SegFrame,
  source: NaturalDataset,
  position: readonly number[],
): NaturalDataset {
  return {
    FrameContentSequence: [{ DimensionIndexValues: dimensionIndex }],
    PlanePositionSequence: [{ ImagePositionPatient: position }],
    DerivationImageSequence: [
      {
        DerivationCodeSequence: [codeItem(PROVENANCE.segmentation)],
        SourceImageSequence: [
          {
            ...reference(source),
            ReferencedFrameNumber: source.ReferencedFrameNumber,
            PurposeOfReferenceCodeSequence: [codeItem(PROVENANCE.sourceImage)],
            SpatialLocationsPreserved: 'YES',
          },
        ],
      },
    ],
    ...(segment !== undefined && {
      SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
    }),
  };
}
