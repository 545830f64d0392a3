import type { NaturalDataset } from '../types';
import { type ByteReader, unreadable } from './byteReader';
import { entryOfTag, formatTag, TAG } from './dictionary';
import { readFragments, type Fragments } from './fragments';
import { DECODE, LONG } from './values';

const UNDEFINED_LENGTH = 0xffffffff;

/** Sequences within sequences; deeper ones are no object of any IOD, but would exhaust the stack. */
const MAX_DEPTH = 48;

/** How the elements of a data set are encoded, and what its values depend on. */
interface Context {
  readonly explicit: boolean;
  readonly characterSets: readonly string[];
  readonly signed: boolean;
  readonly depth: number;
}

/** Pixel data as they stand in the file, not copied. */
export type RawPixels =
  | { readonly kind: 'native'; readonly bytes: Uint8Array }
  | { readonly kind: 'encapsulated'; readonly fragments: Fragments };

/** A decoded data set and, at its top level, its pixel data. */
export interface Decoded {
  readonly dataset: Record<string, unknown>;
  readonly pixels?: RawPixels;
}

interface Header {
  readonly tag: number;
  readonly vr: string;
  readonly length: number;
}

const isPrivate = (tag: number) => ((tag >>> 16) & 1) === 1;

/** Representations that depend on other elements, where the file does not say which it is (PS3.5 A.1). */
function implicitVr(tag: number, { signed }: Context): string {
  const vr = entryOfTag(tag)?.vr ?? 'UN';
  if (vr === 'xs') return signed ? 'SS' : 'US';
  return vr === 'ox' || vr === 'lt' ? 'OW' : vr;
}

function readHeader(reader: ByteReader, context: Context): Header {
  const tag = reader.tag();
  reader.need(4, tag);
  if (!context.explicit || tag >>> 16 === 0xfffe)
    return { tag, vr: implicitVr(tag, context), length: reader.uint32() };
  const vr = String.fromCharCode(...reader.take(2));
  if (!/^[A-Z]{2}$/.test(vr))
    throw unreadable(tag, 'PS3.5 7.1.2', 'has no value representation of two letters');
  if (DECODE[vr] && !LONG.has(vr)) return { tag, vr, length: reader.uint16() };
  reader.need(6, tag);
  reader.take(2);
  return { tag, vr, length: reader.uint32() };
}

function checkDepth(tag: number, { depth }: Context): void {
  if (depth >= MAX_DEPTH)
    throw unreadable(tag, 'PS3.5 7.5', `holds sequences in more than ${MAX_DEPTH} levels`);
}

/** Items of a sequence of known length, or up to its delimiter (PS3.5 7.5). */
function readItems(reader: ByteReader, tag: number, length: number, context: Context) {
  checkDepth(tag, context);
  const isOpen = length === UNDEFINED_LENGTH;
  if (!isOpen) reader.need(length, tag);
  const end = isOpen ? reader.end : reader.position + length;
  const items: NaturalDataset[] = [];
  const inner = { ...context, depth: context.depth + 1 };
  while (reader.position < end) {
    reader.need(8, tag);
    const at = reader.tag();
    const itemLength = reader.uint32();
    if (at === TAG.sequenceEnd && isOpen) return items;
    if (at !== TAG.item)
      throw unreadable(tag, 'PS3.5 7.5', `has ${formatTag(at)} where an item should begin`);
    const isOpenItem = itemLength === UNDEFINED_LENGTH;
    if (!isOpenItem && itemLength > end - reader.position)
      throw unreadable(tag, 'PS3.5 7.5', `has an item of ${itemLength} bytes, more than are left`);
    const itemEnd = isOpenItem ? end : reader.position + itemLength;
    items.push(readElements(reader, itemEnd, isOpenItem ? tag : undefined, inner).dataset);
  }
  if (isOpen) throw unreadable(tag, 'PS3.5 7.5.2', 'is a sequence without an end');
  return items;
}

function plain(vr: string, values: readonly unknown[]): unknown {
  if (values.length === 0) return null;
  return values.length === 1 && vr !== 'PN' ? values[0] : values;
}

/** A value of known length; values that were written as unknown are read as the dictionary has them (PS3.5 6.2.2). */
function readValue(reader: ByteReader, { tag, vr, length }: Header, context: Context): unknown {
  const known = entryOfTag(tag)?.vr ?? 'UN';
  if (vr === 'UN' && known === 'SQ')
    return readItems(reader, tag, length, { ...context, explicit: false });
  const representation = vr === 'UN' && DECODE[known] ? known : vr;
  const decode = DECODE[representation] ?? DECODE.UN!;
  return plain(representation, decode(reader.take(length), context.characterSets));
}

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ''));

/**
 * Read elements up to `end`, or to the delimiter of an open item. Private elements, group lengths and what the
 * dictionary does not know are passed over.
 *
 * @param openIn the sequence whose item this is, where it ends with a delimiter
 */
function readElements(
  reader: ByteReader,
  end: number,
  openIn: number | undefined,
  start: Context,
): Decoded {
  const dataset: Record<string, unknown> = {};
  let context = start;
  let pixels: RawPixels | undefined;
  while (end - reader.position >= 4) {
    if (openIn !== undefined && reader.peekTag() === TAG.itemEnd) {
      reader.need(8, openIn);
      reader.take(8);
      return { dataset, pixels };
    }
    const header = readHeader(reader, context);
    const { tag, vr, length } = header;
    if (tag >>> 16 === 0xfffe)
      throw unreadable(tag, 'PS3.5 7.5', 'stands where no item or sequence ends');
    const keyword = isPrivate(tag) ? undefined : entryOfTag(tag)?.keyword;
    if (length === UNDEFINED_LENGTH) {
      if (tag === TAG.pixelData || (vr !== 'SQ' && vr !== 'UN')) {
        const fragments = readFragments(reader, tag);
        if (tag === TAG.pixelData && start.depth === 0)
          pixels = { kind: 'encapsulated', fragments };
        continue;
      }
      const items = readItems(reader, tag, length, {
        ...context,
        explicit: context.explicit && vr === 'SQ',
      });
      if (keyword) dataset[keyword] = items;
      continue;
    }
    const left = Math.max(0, end - reader.position);
    if (length > left || reader.position > end)
      throw unreadable(tag, 'PS3.5 7.1', `claims ${length} bytes where ${left} are left`);
    if (tag === TAG.pixelData && start.depth === 0) {
      pixels = { kind: 'native', bytes: reader.take(length) };
    } else if (!keyword || (tag & 0xffff) === 0) reader.take(length);
    else if (vr === 'SQ') dataset[keyword] = readItems(reader, tag, length, context);
    else dataset[keyword] = readValue(reader, header, context);
    if (tag === TAG.specificCharacterSet)
      context = { ...context, characterSets: listOf(dataset.SpecificCharacterSet) };
    else if (tag === TAG.pixelRepresentation)
      context = { ...context, signed: Number(dataset.PixelRepresentation) === 1 };
  }
  if (openIn !== undefined) throw unreadable(openIn, 'PS3.5 7.5.2', 'has an item without an end');
  if (reader.position < end) throw unreadable(TAG.item, 'PS3.5 7.1', 'ends within a tag');
  return { dataset, pixels };
}

/** Decode the elements of a reader, to its end. Lengths are held against what is left: nothing is read past it. */
export const decodeElements = (reader: ByteReader, explicit: boolean): Decoded =>
  readElements(reader, reader.end, undefined, {
    explicit,
    characterSets: [],
    signed: false,
    depth: 0,
  });
