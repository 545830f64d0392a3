import { unreadable, ByteReader } from './elements/byteReader';
import { ByteWriter } from './elements/byteWriter';
import { decodeElements, type RawPixels } from './elements/decode';
import { TAG } from './elements/dictionary';
import { bytesOf, encodeElements, type Pixels } from './elements/encode';
import { framesOf } from './elements/fragments';
import { inflateRaw } from './elements/inflate';
import { TRANSFER_SYNTAX } from './syntaxes';
import type { NaturalDataset } from './types';
import { numberOf } from './values';

export { standardElements } from './standardElements';

const IMPLEMENTATION_CLASS_UID = '2.25.328325192506467249259881117423082536122';
const IMPLEMENTATION_VERSION_NAME = 'OHIF-VESSELS-0';

const PREAMBLE = 128;
const PREFIX = 'DICM';
const HEAD = PREAMBLE + PREFIX.length;

/** A Part 10 file, decoded. */
export interface Part10 {
  readonly transferSyntaxUID: string;
  /** Without pixel data. */
  readonly dataset: NaturalDataset;
  /** One block when native; one per frame when encapsulated. */
  readonly pixelData?: readonly ArrayBuffer[];
}

/** A Part 10 file whose pixel data are parts of its bytes, not copies. */
export interface Part10View {
  readonly transferSyntaxUID: string;
  /** Without pixel data. */
  readonly dataset: NaturalDataset;
  /** One block when native; one per frame when encapsulated; none without pixel data. */
  readonly frames: readonly Uint8Array[];
}

const UNDEFINED_LENGTH = 0xffffffff;

const isNative = (transferSyntaxUID: string) =>
  transferSyntaxUID === TRANSFER_SYNTAX.explicitLittleEndian;

/** Frames as fragments, one each, after the table of their offsets (PS3.5 A.4). */
function encodeFragments(frames: readonly Uint8Array[]): ByteWriter {
  const writer = new ByteWriter();
  const even = ({ length }: Uint8Array) => length + (length % 2);
  writer.tag(TAG.item);
  writer.uint32(4 * frames.length);
  let offset = 0;
  for (const frame of frames) {
    writer.uint32(offset);
    offset += 8 + even(frame);
  }
  for (const frame of frames) {
    writer.tag(TAG.item);
    writer.uint32(even(frame));
    writer.put(frame);
    if (frame.length % 2 === 1) writer.put(Uint8Array.of(0));
  }
  writer.tag(TAG.sequenceEnd);
  writer.uint32(0);
  return writer;
}

/** The element of pixel data: its header, and its bytes apart so that they are copied once. */
function pixelElement(value: unknown, native: boolean, words: boolean): Uint8Array[] {
  const parts = [value].flat().map(bytesOf);
  const body = native ? parts[0]! : encodeFragments(parts).bytes;
  const header = new ByteWriter();
  header.tag(TAG.pixelData);
  header.put(new TextEncoder().encode(words ? 'OW' : 'OB'));
  header.uint16(0);
  header.uint32(native ? body.length + (body.length % 2) : UNDEFINED_LENGTH);
  return body.length % 2 === 0 ? [header.bytes, body] : [header.bytes, body, Uint8Array.of(0)];
}

/** Preamble and File Meta Information (PS3.10 7.1). */
function encodeMeta(dataset: NaturalDataset, transferSyntaxUID: string): Uint8Array {
  const elements = new ByteWriter();
  encodeElements(
    elements,
    {
      FileMetaInformationVersion: Uint8Array.of(0, 1),
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: transferSyntaxUID,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION_NAME,
    },
    { signed: false, words: false },
  );
  const file = new ByteWriter();
  file.put(new Uint8Array(PREAMBLE));
  file.put(new TextEncoder().encode(PREFIX));
  const groupLength = { FileMetaInformationGroupLength: elements.length };
  encodeElements(file, groupLength, { signed: false, words: false });
  file.put(elements.bytes);
  return file.bytes;
}

/**
 * Encode a data set as a DICOM file (PS3.10), text in UTF-8. Private elements are left out.
 *
 * @param dataset keywords and values; numbers of Decimal Strings are written with up to 16 characters. PixelData:
 *   one block, or, for an encapsulated transfer syntax, one array buffer per frame
 * @param transferSyntaxUID explicit little endian, or the syntax in which the frames are compressed
 * @throws TypeError for a keyword that DICOM does not have
 */
export function encodePart10(
  dataset: NaturalDataset,
  transferSyntaxUID: string = TRANSFER_SYNTAX.explicitLittleEndian,
): ArrayBuffer {
  const native = isNative(transferSyntaxUID);
  const pixels: Pixels = {
    signed: Number(dataset.PixelRepresentation) === 1,
    words: native && Number(dataset.BitsAllocated) > 8,
  };
  const { PixelData, ...elements } = dataset;
  const writer = new ByteWriter();
  encodeElements(writer, { ...elements, SpecificCharacterSet: 'ISO_IR 192' }, pixels);
  const parts = [
    encodeMeta(dataset, transferSyntaxUID),
    writer.bytes,
    ...(PixelData === undefined ? [] : pixelElement(PixelData, native, pixels.words)),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file.buffer;
}

/** Transfer syntax and where the data set begins. */
function readMeta(bytes: Uint8Array): { transferSyntaxUID: string; start: number } {
  const prefix = String.fromCharCode(...bytes.subarray(PREAMBLE, HEAD));
  if (prefix !== PREFIX)
    throw unreadable(TAG.fileMetaGroupLength, 'PS3.10 7.1', 'does not follow a preamble and DICM');
  const scan = new ByteReader(bytes, HEAD);
  while (scan.peekTag() >>> 16 === 2) {
    const tag = scan.tag();
    scan.need(4, tag);
    const vr = String.fromCharCode(...scan.take(2));
    let length = scan.uint16();
    if (/^(O[A-Z]|SQ|UC|UN|UR|UT)$/.test(vr)) {
      scan.need(4, tag);
      length = scan.uint32();
    }
    scan.need(length, tag);
    scan.take(length);
  }
  const { dataset } = decodeElements(new ByteReader(bytes, HEAD, scan.position), true);
  const transferSyntaxUID = String(dataset.TransferSyntaxUID ?? '');
  if (!transferSyntaxUID)
    throw unreadable(TAG.transferSyntax, 'PS3.10 7.1', 'is missing in the file');
  return { transferSyntaxUID, start: scan.position };
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRaw(bytes);
  } catch (error) {
    throw unreadable(
      TAG.transferSyntax,
      'PS3.5 A.5',
      error instanceof RangeError
        ? 'says deflated, but the data set inflates to more than 512 MiB'
        : 'says deflated, but the data set cannot be inflated',
    );
  }
}

function framesIn(pixels: RawPixels | undefined, dataset: NaturalDataset): readonly Uint8Array[] {
  if (!pixels) return [];
  if (pixels.kind === 'native') return [pixels.bytes];
  const { fragments } = pixels;
  const count = numberOf(dataset, 'NumberOfFrames') ?? Math.max(1, fragments.offsets.length);
  return framesOf(fragments, count);
}

/**
 * Decode a DICOM file (PS3.10): implicit, explicit and deflated little endian; compressed frames stay compressed.
 * The frames are parts of the bytes.
 *
 * @throws DicomError `dicom.unreadable`
 */
export function viewPart10(file: ArrayBuffer | Uint8Array): Part10View {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const { transferSyntaxUID, start } = readMeta(bytes);
  if (transferSyntaxUID === TRANSFER_SYNTAX.explicitBigEndian)
    throw unreadable(TAG.transferSyntax, 'PS3.5 A.3', 'is big endian, which is retired');
  const reader =
    transferSyntaxUID === TRANSFER_SYNTAX.deflated
      ? new ByteReader(inflated(bytes.subarray(start)))
      : new ByteReader(bytes, start);
  const { dataset, pixels } = decodeElements(
    reader,
    transferSyntaxUID !== TRANSFER_SYNTAX.implicitLittleEndian,
  );
  return { transferSyntaxUID, dataset, frames: framesIn(pixels, dataset) };
}

/**
 * Decode a DICOM file (PS3.10), as {@link viewPart10}, its pixel data copied.
 *
 * @throws DicomError `dicom.unreadable`
 */
export function decodePart10(file: ArrayBuffer): Part10 {
  const { frames, ...rest } = viewPart10(file);
  if (frames.length === 0) return rest;
  return { ...rest, pixelData: frames.map((frame) => frame.slice().buffer as ArrayBuffer) };
}
