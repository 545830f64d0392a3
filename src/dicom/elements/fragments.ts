import { type ByteReader, unreadable } from './byteReader';
import { formatTag, TAG } from './dictionary';

/** Encapsulated pixel data (PS3.5 A.4): the offset table and the fragments, not copied. */
export interface Fragments {
  readonly offsets: readonly number[];
  readonly parts: readonly Uint8Array[];
  /** Where each part's item begins, counted from the first. */
  readonly starts: readonly number[];
}

/** Read items of bytes up to the delimiter; the first is the Basic Offset Table. */
export function readFragments(reader: ByteReader, tag: number): Fragments {
  const parts: Uint8Array[] = [];
  const starts: number[] = [];
  let first: number | undefined;
  for (;;) {
    if (reader.left < 8)
      throw unreadable(tag, 'PS3.5 A.4', 'is a list of fragments without an end');
    const start = reader.position;
    const at = reader.tag();
    const length = reader.uint32();
    if (at === TAG.sequenceEnd) break;
    if (at !== TAG.item)
      throw unreadable(tag, 'PS3.5 A.4', `has ${formatTag(at)} where a fragment should begin`);
    reader.need(length, tag);
    parts.push(reader.take(length));
    if (parts.length > 1) starts.push(start - (first ??= start));
  }
  const [table = new Uint8Array(), ...fragments] = parts;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return {
    offsets: Array.from({ length: table.length >> 2 }, (_, i) => view.getUint32(4 * i, true)),
    parts: fragments,
    starts,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The frames of encapsulated pixel data: one fragment each, as RLE has them; else all fragments of the one frame, or
 * those from one offset of the table to the next.
 *
 * @param count Number of Frames (0028,0008)
 * @throws DicomError `dicom.unreadable` when the offsets or the number of fragments do not tell the frames
 */
export function framesOf({ offsets, parts, starts }: Fragments, count: number): Uint8Array[] {
  if (parts.length === count) return [...parts];
  if (count === 1 && parts.length > 1) return [joined(parts)];
  if (offsets.length !== count)
    throw unreadable(
      TAG.pixelData,
      'PS3.5 A.4',
      `has ${parts.length} fragments and ${offsets.length} offsets for ${count} frames`,
    );
  const places = new Map(starts.map((start, i) => [start, i]));
  return offsets.map((offset, f) => {
    const from = places.get(offset);
    const to = f + 1 < count ? places.get(offsets[f + 1]!) : parts.length;
    if (from === undefined || to === undefined || to <= from)
      throw unreadable(
        TAG.pixelData,
        'PS3.5 A.4',
        `has no fragment at the offset of frame ${f + 1}`,
      );
    return joined(parts.slice(from, to));
  });
}
