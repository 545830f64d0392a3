import { checkSpacing, checkVoxels } from '../volume/checks';
import { indexToWorld } from '../volume/geometry';
import type { Volume } from '../volume/volume';
import { dicomDate, dicomTime } from './dateTime';
import { encodePart10 } from './part10';
import { storedPixels } from './storedPixels';
import { SOP_CLASS } from './syntaxes';
import type { NaturalDataset } from './types';
import { uidMaker } from './uid';

/** What an image series says besides its voxels. */
export interface ImageSeriesAttributes {
  readonly modality: 'MR' | 'CT';
  readonly patient: { readonly name: string; readonly id: string };
  readonly studyDescription: string;
  readonly seriesDescription: string;
  readonly seriesNumber?: number;
  /** Body Part Examined (0018,0015) where it is known and unpaired: HEAD, CHEST, ABDOMEN … */
  readonly bodyPart?: string;
  /** What made the images: Manufacturer's Model Name (0008,1090) and Software Versions (0018,1020). */
  readonly software: { readonly name: string; readonly version: string };
  /** Study, series and content date and time, local; now when absent. */
  readonly date?: Date;
  /** The same seed gives the same UIDs; new ones when absent. */
  readonly seed?: string;
  readonly window?: { readonly center: number; readonly width: number };
  /** Elements for every slice, which win over ours. */
  readonly elements?: NaturalDataset;
}

/** What the modality's own IOD asks for: MR Image (PS3.3 C.8.3.1), CT Image (C.8.2.1). */
const MODALITY = Object.freeze({
  MR: {
    SOPClassUID: SOP_CLASS.mrImage,
    ImageType: ['DERIVED', 'PRIMARY', 'OTHER'],
    ScanningSequence: 'GR',
    SequenceVariant: 'NONE',
    ScanOptions: null,
    MRAcquisitionType: '3D',
    RepetitionTime: null,
    EchoTime: null,
    EchoTrainLength: null,
  },
  CT: {
    SOPClassUID: SOP_CLASS.ctImage,
    ImageType: ['DERIVED', 'PRIMARY', 'AXIAL'],
    KVP: null,
    AcquisitionNumber: null,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: 'HU',
  },
});

/** Everything but the pixels and the place of a slice: the modules of patient, study, series and equipment. */
function common(attributes: ImageSeriesAttributes, uid: (name: string) => string): NaturalDataset {
  const { modality, patient, software, bodyPart, date = new Date() } = attributes;
  return {
    PatientName: patient.name,
    PatientID: patient.id,
    PatientBirthDate: null,
    PatientSex: null,
    StudyInstanceUID: uid('study'),
    StudyDate: dicomDate(date),
    StudyTime: dicomTime(date),
    StudyID: '1',
    StudyDescription: attributes.studyDescription,
    AccessionNumber: null,
    ReferringPhysicianName: null,
    Modality: modality,
    SeriesInstanceUID: uid('series'),
    SeriesNumber: attributes.seriesNumber ?? 1,
    SeriesDescription: attributes.seriesDescription,
    ...(bodyPart ? { BodyPartExamined: bodyPart } : { Laterality: null }),
    SeriesDate: dicomDate(date),
    SeriesTime: dicomTime(date),
    PatientPosition: 'HFS',
    PositionReferenceIndicator: null,
    Manufacturer: software.name,
    ManufacturerModelName: software.name,
    SoftwareVersions: software.version,
    ContentDate: dicomDate(date),
    ContentTime: dicomTime(date),
    ...MODALITY[modality],
  };
}

/**
 * The data sets of a volume as single-frame MR or CT slices, in the order of its z axis. Origin, spacing and
 * direction are kept to the 16 characters of a Decimal String. Whole numbers are kept; other MR values are scaled to
 * 12 bits, other CT values rounded to whole Hounsfield units.
 *
 * @throws InputError of {@link checkVoxels} and {@link checkSpacing}
 */
export function imageSeriesDatasets(
  { data, geometry }: Volume,
  attributes: ImageSeriesAttributes,
): NaturalDataset[] {
  const { dims, spacing, direction } = geometry;
  checkVoxels(data, dims, 'the image');
  checkSpacing(spacing);
  const uid = uidMaker(attributes.seed);
  const pixels = storedPixels(data, attributes.modality === 'CT');
  const window = attributes.window ?? pixels.window;
  const shared = {
    ...common(attributes, uid),
    FrameOfReferenceUID: geometry.frameOfReferenceUID ?? uid('frame of reference'),
    ImageOrientationPatient: direction.slice(0, 6),
    PixelSpacing: [spacing[1], spacing[0]],
    SliceThickness: spacing[2],
    SpacingBetweenSlices: spacing[2],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: dims[1],
    Columns: dims[0],
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: pixels.pixelRepresentation,
    WindowCenter: window.center,
    WindowWidth: window.width,
    ...attributes.elements,
  };
  const size = dims[0] * dims[1];
  return Array.from({ length: dims[2] }, (_, k) => ({
    ...shared,
    SOPInstanceUID: uid(`instance ${k}`),
    InstanceNumber: k + 1,
    ImagePositionPatient: [...indexToWorld(geometry, [0, 0, k])],
    PixelData: pixels.data.slice(k * size, (k + 1) * size).buffer,
  }));
}

/** DICOM files of a volume, one per slice; see {@link imageSeriesDatasets}. */
export const writeImageSeries = (
  volume: Volume,
  attributes: ImageSeriesAttributes,
): ArrayBuffer[] => imageSeriesDatasets(volume, attributes).map((dataset) => encodePart10(dataset));
