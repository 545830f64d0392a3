import dcmjs from 'dcmjs';
import dicomParser from 'dicom-parser';
import { inflateSync } from 'fflate';
import { InputError } from '../volume/errors';
import { formatDecimal } from './decimal';
import { TRANSFER_SYNTAX } from './syntaxes';
import type { NaturalDataset } from './types';
import { itemsOf } from './values';

const { DicomDict, DicomMessage, DicomMetaDictionary } = dcmjs.data;

// Its messages quote values of the data set, which may be the patient's.
for (const log of [dcmjs.log, dcmjs.log.getLogger('validation.dcmjs')])
  log.setLevel('silent', false);

const IMPLEMENTATION_CLASS_UID = '2.25.328325192506467249259881117423082536122';
const IMPLEMENTATION_VERSION_NAME = 'OHIF-VESSELS-0';

const PIXEL_DATA = '7FE00010';

/** A Part 10 file, decoded. */
export interface Part10 {
  readonly transferSyntaxUID: string;
  /** Without pixel data. */
  readonly dataset: NaturalDataset;
  /** One block when native; one per frame when encapsulated. */
  readonly pixelData?: readonly ArrayBuffer[];
}

const isPrivate = (keyword: string) => /^[0-9A-Fa-f]{8}$/.test(keyword);
const isEmpty = (value: unknown) => value === null || value === '';

/**
 * The elements of a data set that have a keyword, in sequences too: what may be copied into another object. Private
 * elements and whatever else a viewer keeps on the data set are left out.
 */
export function standardElements(
  dataset: NaturalDataset,
  keywords: readonly string[] = Object.keys(dataset),
): NaturalDataset {
  const copy: Record<string, unknown> = {};
  for (const keyword of keywords) {
    const value = dataset[keyword];
    const vr = DicomMetaDictionary.nameMap[keyword]?.vr;
    if (value === undefined || !vr) continue;
    copy[keyword] =
      vr === 'SQ' && value !== null
        ? itemsOf(dataset, keyword).map((item) => standardElements(item))
        : value;
  }
  return copy;
}

/** Value representations that depend on another element, by what the dictionary calls them (PS3.5 A.2). */
function representation(vr: string, pixels: { signed: boolean; words: boolean }): string {
  if (vr === 'xs') return pixels.signed ? 'SS' : 'US';
  if (vr === 'ox') return pixels.words ? 'OW' : 'OB';
  return vr;
}

/** The data set as dcmjs writes it without loss: decimals that fit, representations settled, nothing private. */
function writable(
  dataset: NaturalDataset,
  pixels: { signed: boolean; words: boolean },
): Record<string, unknown> {
  const vrs: Record<string, string> = {};
  const result: Record<string, unknown> = { _vrMap: vrs };
  for (const [keyword, value] of Object.entries(dataset)) {
    if (value === undefined || keyword.startsWith('_') || isPrivate(keyword)) continue;
    const vr = DicomMetaDictionary.nameMap[keyword]?.vr;
    if (!vr) throw new TypeError(`${keyword} is no keyword of DICOM`);
    vrs[keyword] = representation(vr, pixels);
    const values = [value].flat();
    if (isEmpty(value)) result[keyword] = null;
    else if (vr === 'SQ')
      result[keyword] = values.map((item) => writable(item as NaturalDataset, pixels));
    else if (vr === 'DS')
      result[keyword] = values.map((number) =>
        typeof number === 'number' ? formatDecimal(number) : (number ?? ''),
      );
    else result[keyword] = Array.isArray(value) ? Array.from(value, (one) => one ?? '') : value;
  }
  return result;
}

/**
 * Encode a data set as a DICOM file (PS3.10), text in UTF-8. Private elements are left out.
 *
 * @param dataset keywords and values; numbers of Decimal Strings are written with up to 16 characters. PixelData:
 *   one block, or, for an encapsulated transfer syntax, one array buffer per frame
 * @throws TypeError for a keyword that DICOM does not have
 */
export function encodePart10(
  dataset: NaturalDataset,
  transferSyntaxUID: string = TRANSFER_SYNTAX.explicitLittleEndian,
): ArrayBuffer {
  const native = transferSyntaxUID === TRANSFER_SYNTAX.explicitLittleEndian;
  const pixels = {
    signed: Number(dataset.PixelRepresentation) === 1,
    words: native && Number(dataset.BitsAllocated) > 8,
  };
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      _vrMap: {},
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: transferSyntaxUID,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION_NAME,
    }),
  );
  file.dict = DicomMetaDictionary.denaturalizeDataset(
    writable({ ...dataset, SpecificCharacterSet: 'ISO_IR 192' }, pixels),
  );
  // One fragment per frame, as RLE needs (PS3.5 A.4.2).
  return file.write({ fragmentMultiframe: false });
}

/**
 * Walk through the elements of a file whose lengths may lie: dcmjs believes them, and a damaged length then costs
 * all memory. dicom-parser stops at the end of the bytes.
 *
 * @throws whatever dicom-parser says of the damage
 */
function checkLengths(bytes: ArrayBuffer): void {
  dicomParser.parseDicom(new Uint8Array(bytes), { inflater: inflateFrom });
}

/** The data set of a deflated file, after what stands before it. */
function inflateFrom(bytes: Uint8Array, position: number): Uint8Array {
  const rest = inflateSync(bytes.subarray(position));
  const whole = new Uint8Array(position + rest.length);
  whole.set(bytes.subarray(0, position));
  whole.set(rest, position);
  return whole;
}

function parse(bytes: ArrayBuffer) {
  checkLengths(bytes);
  try {
    return DicomMessage.readFile(bytes);
  } catch (error) {
    // dcmjs decodes one character set; with more than one, the first is better than nothing.
    if (!/character set/.test(String(error))) throw error;
    return DicomMessage.readFile(bytes, { ignoreErrors: true });
  }
}

/**
 * Decode a DICOM file (PS3.10) of any transfer syntax; compressed frames stay compressed.
 *
 * @throws InputError `dicom.unreadable`
 */
export function decodePart10(bytes: ArrayBuffer): Part10 {
  try {
    const { meta, dict } = parse(bytes);
    const { [PIXEL_DATA]: pixels, ...elements } = dict;
    return {
      transferSyntaxUID: String(meta['00020010']!.Value![0]),
      dataset: DicomMetaDictionary.naturalizeDataset(elements),
      ...(pixels?.Value && { pixelData: pixels.Value as ArrayBuffer[] }),
    };
  } catch {
    throw new InputError(
      'dicom.unreadable',
      'The file is no readable DICOM object (PS3.10); it may be cut off or of another kind: choose another file.',
    );
  }
}
