/** Elements that our messages name: [tag, name] by keyword (PS3.6). */
const TAGS = Object.freeze({
  BitsAllocated: ['0028,0100', 'Bits Allocated'],
  Columns: ['0028,0011', 'Columns'],
  FrameOfReferenceUID: ['0020,0052', 'Frame of Reference UID'],
  GantryDetectorTilt: ['0018,1120', 'Gantry/Detector Tilt'],
  ImageOrientationPatient: ['0020,0037', 'Image Orientation (Patient)'],
  ImagePositionPatient: ['0020,0032', 'Image Position (Patient)'],
  ImageType: ['0008,0008', 'Image Type'],
  MaximumFractionalValue: ['0062,000E', 'Maximum Fractional Value'],
  NumberOfFrames: ['0028,0008', 'Number of Frames'],
  PerFrameFunctionalGroupsSequence: ['5200,9230', 'Per-Frame Functional Groups Sequence'],
  PixelData: ['7FE0,0010', 'Pixel Data'],
  PixelRepresentation: ['0028,0103', 'Pixel Representation'],
  PixelSpacing: ['0028,0030', 'Pixel Spacing'],
  ReferencedSegmentNumber: ['0062,000B', 'Referenced Segment Number'],
  RescaleIntercept: ['0028,1052', 'Rescale Intercept'],
  RescaleSlope: ['0028,1053', 'Rescale Slope'],
  Rows: ['0028,0010', 'Rows'],
  SamplesPerPixel: ['0028,0002', 'Samples per Pixel'],
  SegmentationType: ['0062,0001', 'Segmentation Type'],
  SegmentNumber: ['0062,0004', 'Segment Number'],
  SegmentSequence: ['0062,0002', 'Segment Sequence'],
  SliceThickness: ['0018,0050', 'Slice Thickness'],
  SpacingBetweenSlices: ['0018,0088', 'Spacing Between Slices'],
  SOPClassUID: ['0008,0016', 'SOP Class UID'],
  SOPInstanceUID: ['0008,0018', 'SOP Instance UID'],
  StudyInstanceUID: ['0020,000D', 'Study Instance UID'],
  SeriesInstanceUID: ['0020,000E', 'Series Instance UID'],
  TrackingID: ['0062,0020', 'Tracking ID'],
  TrackingUID: ['0062,0021', 'Tracking UID'],
  TransferSyntaxUID: ['0002,0010', 'Transfer Syntax UID'],
} as const);

export type Keyword = keyof typeof TAGS;

/** How a message names an element, e.g. "Image Position (Patient) (0020,0032)". */
export const tagName = (keyword: Keyword): string => `${TAGS[keyword][1]} (${TAGS[keyword][0]})`;

/** `(gggg,eeee)` of an element. */
export const tagOf = (keyword: Keyword): string => `(${TAGS[keyword][0]})`;
