import { formatDecimal } from '../decimal';
import type { NaturalDataset } from '../types';
import { ByteWriter } from './byteWriter';
import { type Entry, entryOfKeyword, TAG } from './dictionary';
import { LONG } from './values';

/** What the representation of some elements depends on (PS3.5 A.2). */
export interface Pixels {
  /** Pixel Representation is 1. */
  readonly signed: boolean;
  /** Pixels are words, not bytes. */
  readonly words: boolean;
}

const utf8 = new TextEncoder();

/** The longest value of a representation whose length takes 2 bytes; longer ones are written as UN (PS3.5 6.2.2). */
const MAX_SHORT = 0xfffe;

const isPrivate = (keyword: string) => /^[0-9A-Fa-f]{8}$/.test(keyword);
const isEmpty = (value: unknown) => value === null || value === '';
const listOf = (value: unknown): readonly unknown[] =>
  isEmpty(value) ? [] : Array.from(Array.isArray(value) ? value : [value]);

function representation(vr: string, { signed, words }: Pixels): string {
  if (vr === 'xs') return signed ? 'SS' : 'US';
  if (vr === 'ox') return words ? 'OW' : 'OB';
  return vr === 'lt' ? 'OW' : vr;
}

const NAME_GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'];

function nameText(name: unknown): string {
  if (typeof name !== 'object' || name === null) return String(name ?? '');
  const groups = name as Readonly<Record<string, unknown>>;
  return NAME_GROUPS.map((group) => String(groups[group] ?? ''))
    .join('=')
    .replace(/=+$/, '');
}

/** How one value of a textual representation is written, where it is not as it stands. */
const TEXT: Readonly<Record<string, (value: unknown) => string>> = Object.freeze({
  DS: (value: unknown) => (typeof value === 'number' ? formatDecimal(value) : String(value ?? '')),
  PN: nameText,
});

const plainText = (value: unknown) => String(value ?? '');

/** Text of even length: a blank at the end, in UIDs a zero (PS3.5 6.2). */
function textBytes(vr: string, values: readonly unknown[]): Uint8Array {
  const bytes = utf8.encode(values.map(TEXT[vr] ?? plainText).join('\\'));
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1).fill(vr === 'UI' ? 0 : 0x20, bytes.length);
  padded.set(bytes);
  return padded;
}

type Put = (view: DataView, at: number, value: unknown) => void;

/** Binary numbers: bytes of each, and how one is put. */
const NUMBERS: Readonly<Record<string, readonly [size: number, put: Put]>> = Object.freeze({
  AT: [
    4,
    (view, at, tag) => {
      view.setUint16(at, Number(tag) >>> 16, true);
      view.setUint16(at + 2, Number(tag) & 0xffff, true);
    },
  ],
  FD: [8, (view, at, value) => view.setFloat64(at, Number(value), true)],
  FL: [4, (view, at, value) => view.setFloat32(at, Number(value), true)],
  SL: [4, (view, at, value) => view.setInt32(at, Number(value), true)],
  SS: [2, (view, at, value) => view.setInt16(at, Number(value), true)],
  SV: [8, (view, at, value) => view.setBigInt64(at, BigInt(value as number), true)],
  UL: [4, (view, at, value) => view.setUint32(at, Number(value), true)],
  US: [2, (view, at, value) => view.setUint16(at, Number(value), true)],
  UV: [8, (view, at, value) => view.setBigUint64(at, BigInt(value as number), true)],
});

function numberBytes([size, put]: readonly [number, Put], values: readonly unknown[]): Uint8Array {
  const bytes = new Uint8Array(size * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => put(view, i * size, value));
  return bytes;
}

const BINARY: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);

/** Bytes of a buffer or a view of one, not copied. */
export function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return new Uint8Array(value as ArrayBuffer);
}

function binaryBytes(values: readonly unknown[]): Uint8Array {
  const bytes = values.length > 0 ? bytesOf(values[0]) : new Uint8Array();
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}

function valueBytes(vr: string, values: readonly unknown[]): Uint8Array {
  if (BINARY.has(vr)) return binaryBytes(values);
  const numbers = NUMBERS[vr];
  return numbers ? numberBytes(numbers, values) : textBytes(vr, values);
}

function putHeader(writer: ByteWriter, tag: number, vr: string, length: number): void {
  const written = !LONG.has(vr) && length > MAX_SHORT ? 'UN' : vr;
  writer.tag(tag);
  writer.put(utf8.encode(written));
  if (LONG.has(written)) {
    writer.uint16(0);
    writer.uint32(length);
  } else writer.uint16(length);
}

/** Elements of a data set that are written, in the order of their tags. */
function sorted(dataset: NaturalDataset): [Entry, unknown][] {
  const elements: [Entry, unknown][] = [];
  for (const [keyword, value] of Object.entries(dataset)) {
    if (value === undefined || keyword.startsWith('_') || isPrivate(keyword)) continue;
    const entry = entryOfKeyword(keyword);
    if (!entry) throw new TypeError(`${keyword} is no keyword of DICOM`);
    elements.push([entry, value]);
  }
  return elements.sort(([a], [b]) => a.tag - b.tag);
}

/**
 * Write the elements of a data set as explicit little endian (PS3.5 A.2), text in UTF-8, sequences and items with
 * their lengths. Undefined values, private elements and keys with a leading underscore are left out.
 *
 * @throws TypeError for a keyword that DICOM does not have
 */
export function encodeElements(writer: ByteWriter, dataset: NaturalDataset, pixels: Pixels): void {
  for (const [{ tag, vr }, value] of sorted(dataset)) {
    if (vr !== 'SQ') {
      const written = representation(vr, pixels);
      const bytes = valueBytes(written, listOf(value));
      putHeader(writer, tag, written, bytes.length);
      writer.put(bytes);
      continue;
    }
    putHeader(writer, tag, vr, 0);
    const start = writer.length;
    for (const item of listOf(value)) {
      writer.tag(TAG.item);
      writer.uint32(0);
      const itemStart = writer.length;
      encodeElements(writer, (item ?? {}) as NaturalDataset, pixels);
      writer.patch32(itemStart - 4, writer.length - itemStart);
    }
    writer.patch32(start - 4, writer.length - start);
  }
}
