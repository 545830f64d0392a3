import type { NaturalDataset } from '@vessels/dicom/types';

/** Enhanced MR Image Storage. */
const ENHANCED_MR = '1.2.840.10008.5.1.4.1.1.4.1';

/**
 * Slices as one enhanced image.
 *
 * @param order which slice each frame is
 */
export function multiframe(
  slices: readonly NaturalDataset[],
  order: readonly number[],
): NaturalDataset {
  const {
    ImagePositionPatient: _position,
    ImageOrientationPatient,
    PixelSpacing,
    SliceThickness,
    SpacingBetweenSlices,
    PixelData: _pixels,
    ...common
  } = slices[0]!;
  const frames = order.map((k) => Buffer.from(slices[k]!.PixelData as ArrayBuffer));
  return {
    ...common,
    SOPClassUID: ENHANCED_MR,
    NumberOfFrames: slices.length,
    SharedFunctionalGroupsSequence: [
      {
        PixelMeasuresSequence: [{ PixelSpacing, SliceThickness, SpacingBetweenSlices }],
        PlaneOrientationSequence: [{ ImageOrientationPatient }],
      },
    ],
    PerFrameFunctionalGroupsSequence: order.map((k) => ({
      PlanePositionSequence: [{ ImagePositionPatient: slices[k]!.ImagePositionPatient }],
    })),
    PixelData: new Uint8Array(Buffer.concat(frames)).buffer,
  };
}
