import dcmjs, { type DcmjsElement, type DcmjsElements } from 'dcmjs';
import dicomParser from 'dicom-parser';
import { type JsonDataset, type JsonElement, type PixelLocation, numberOf, textOf } from './model';
import { TAG } from './tags';

const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
// it reports every element whose representation depends on another one; those are settled below
dcmjs.log.getLogger('validation.dcmjs').setLevel('silent', false);

/** A Part 10 file up to its pixel data. */
export interface Part10 {
  readonly transferSyntax: string;
  /** Without pixel data. */
  readonly dataset: JsonDataset;
  readonly pixels?: PixelLocation;
}

const PIXELS: readonly string[] = [TAG.PixelData, TAG.FloatPixelData, TAG.DoubleFloatPixelData];

/** Value representations that JSON carries in base64. */
const BINARY: readonly string[] = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN'];

const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

const isBytes = (value: unknown): value is ArrayBuffer | Uint8Array =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** One value each: a backslash is a character of the text (PS3.5 6.2), which dcmjs takes for a separator. */
const TEXT: readonly string[] = ['LT', 'ST', 'UR', 'UT'];

/** Group lengths tell about the encoding of the file and have no place in JSON (PS3.18 F.2.2). */
const isGroupLength = (tag: string) => tag.endsWith('0000');

const base64 = (value: ArrayBuffer | Uint8Array) =>
  (value instanceof ArrayBuffer
    ? Buffer.from(value)
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  ).toString('base64');

const PLAIN = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** Component groups of a name without the blank that makes their length even. */
const trimmed = (name: object | null) =>
  Object.fromEntries(
    Object.entries(name ?? {}).map(([group, text]) => [group, String(text).trimEnd()]),
  );

/** How a value looks in JSON, for the representations where it is not the value itself (PS3.18 F.2.3). */
const VALUE: Readonly<Record<string, (value: unknown) => unknown>> = Object.freeze({
  SQ: (item: unknown) => toJson(item as DcmjsElements),
  PN: (name: unknown) => trimmed(typeof name === 'object' ? name : { Alphabetic: name }),
  AT: (tag: unknown) => Number(tag).toString(16).padStart(8, '0').toUpperCase(),
  DS: (value: unknown) => (Number.isNaN(value) ? null : PLAIN(value)),
  IS: (value: unknown) => (Number.isNaN(value) ? null : PLAIN(value)),
});

function elementToJson({ vr = 'UN', Value = [] }: DcmjsElement): JsonElement {
  const json = { vr };
  const values = [...Value];
  const [first] = values;
  if (isBytes(first)) return { ...json, InlineBinary: base64(first) };
  const empty = values.every((value) => value === '' || value === null || value === undefined);
  if (empty || BINARY.includes(vr)) return json;
  if (TEXT.includes(vr)) return { ...json, Value: [values.join('\\')] };
  return { ...json, Value: values.map(VALUE[vr] ?? PLAIN) };
}

function toJson(elements: DcmjsElements): JsonDataset {
  return Object.fromEntries(
    Object.entries(elements)
      .filter(([tag]) => !PIXELS.includes(tag) && !isGroupLength(tag))
      .map(([tag, element]) => [tag, elementToJson(element)]),
  );
}

const isUsOrSs = (tag: string) =>
  DicomMetaDictionary.dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`]?.vr === 'xs';

/** Without explicit representations, dcmjs reads "US or SS" as US; the pixels' sign decides (PS3.5 A.1). */
function withSigns(dataset: JsonDataset): JsonDataset {
  if (numberOf(dataset, TAG.PixelRepresentation) === 0) return dataset;
  const signed = (element: JsonElement): JsonElement => ({
    vr: 'SS',
    ...(element.Value && { Value: element.Value.map((value) => (Number(value) << 16) >> 16) }),
  });
  return Object.fromEntries(
    Object.entries(dataset).map(([tag, element]) => [
      tag,
      isUsOrSs(tag) ? signed(element) : element,
    ]),
  );
}

function parse(bytes: ArrayBuffer) {
  const options = { untilTag: TAG.PixelData, includeUntilTagValue: false };
  try {
    return DicomMessage.readFile(bytes, options);
  } catch (error) {
    // dcmjs decodes one character set; with more than one, the first is better than no study
    if (!/character set/.test(String(error))) throw error;
    return DicomMessage.readFile(bytes, { ...options, ignoreErrors: true });
  }
}

function locatePixels(bytes: ArrayBuffer): PixelLocation | undefined {
  const parsed = dicomParser.parseDicom(new Uint8Array(bytes), { untilTag: 'x7fe00010' });
  const element = parsed.elements['x7fe00010'];
  if (!element) return undefined;
  const encapsulated = element.length === 0xffffffff || Boolean(element.hadUndefinedLength);
  return { offset: element.dataOffset, length: element.length, encapsulated };
}

/**
 * Reads a Part 10 file up to its pixel data.
 * @param bytes the file, or its beginning
 * @returns `pixels` is absent when the bytes end before the pixel data begins
 * @throws Error when it is not a Part 10 file or cannot be parsed
 */
export function readPart10(bytes: ArrayBuffer): Part10 {
  const { meta, dict } = parse(bytes);
  const transferSyntax = String(meta['00020010']?.Value?.[0] ?? '');
  const json = toJson(dict);
  const dataset = transferSyntax === IMPLICIT_LITTLE_ENDIAN ? withSigns(json) : json;
  const pixels = TAG.PixelData in dict ? locatePixels(bytes) : undefined;
  return { transferSyntax, dataset, ...(pixels && { pixels }) };
}

/** The UIDs that place an instance, in this order: study, series, instance, class. */
export function identify(dataset: JsonDataset): readonly [string, string, string, string] {
  const uid = (
    keyword: 'StudyInstanceUID' | 'SeriesInstanceUID' | 'SOPInstanceUID' | 'SOPClassUID',
  ) => {
    const value = textOf(dataset, TAG[keyword]);
    if (value.length > 64 || !/^\d+(\.\d+)*$/.test(value))
      throw new Error(`${keyword} is missing or no UID`);
    return value;
  };
  return [
    uid('StudyInstanceUID'),
    uid('SeriesInstanceUID'),
    uid('SOPInstanceUID'),
    uid('SOPClassUID'),
  ];
}
