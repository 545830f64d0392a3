import dcmjs, { type DcmjsElements } from 'dcmjs';

const { DicomDict, DicomMetaDictionary } = dcmjs.data;

export const EXPLICIT = '1.2.840.10008.1.2.1';
export const IMPLICIT = '1.2.840.10008.1.2';
export const RLE = '1.2.840.10008.1.2.5';

/** A small MR image; what is given replaces or completes it. */
export const IMAGE = Object.freeze({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
  SOPInstanceUID: '1.2.3.1.1.1',
  StudyInstanceUID: '1.2.3.1',
  SeriesInstanceUID: '1.2.3.1.1',
  StudyDate: '20240229',
  Modality: 'MR',
  PatientName: 'Sample^Vessels',
  PatientID: 'S-1',
  SeriesNumber: 1,
  InstanceNumber: 1,
  Rows: 2,
  Columns: 2,
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  PixelRepresentation: 0,
});

export interface FileOptions {
  readonly transferSyntax?: string;
  /** Frames of encapsulated pixel data, or one item with all native bytes. */
  readonly pixels?: readonly Uint8Array[];
  /** Elements as they are, for what has no keyword or must not be checked. */
  readonly elements?: DcmjsElements;
}

const bytesOf = (array: Uint8Array): ArrayBuffer => new Uint8Array(array).buffer;

/** Writes a Part 10 file of an image; an attribute that is undefined is left out. */
export function part10(
  attributes: Readonly<Record<string, unknown>> = {},
  {
    transferSyntax = EXPLICIT,
    pixels = [Uint8Array.of(1, 2, 3, 4)],
    elements = {},
  }: FileOptions = {},
): Buffer {
  const dataset = Object.fromEntries(
    Object.entries({ ...IMAGE, ...attributes }).filter(([, value]) => value !== undefined),
  );
  const meta: DcmjsElements = {
    '00020001': { vr: 'OB', Value: [Uint8Array.of(0, 1).buffer] },
    '00020002': { vr: 'UI', Value: [dataset['SOPClassUID']] },
    '00020003': { vr: 'UI', Value: [dataset['SOPInstanceUID']] },
    '00020010': { vr: 'UI', Value: [transferSyntax] },
    '00020012': { vr: 'UI', Value: ['1.2.3.9'] },
  };
  const dict = new DicomDict(meta);
  dict.dict = {
    ...DicomMetaDictionary.denaturalizeDataset(dataset),
    ...elements,
    ...(pixels.length && { '7FE00010': { vr: 'OB', Value: pixels.map(bytesOf) } }),
  };
  return Buffer.from(dict.write({ fragmentMultiframe: false }));
}
