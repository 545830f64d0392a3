import { DicomError } from '../errors';
import { tagName, tagOf } from '../tags';
import { scanner } from './scan';

/** Bytes of the header: the number of segments and up to 15 offsets (PS3.5 G.3). */
const HEADER = 64;
const MAX_RUN = 128;

/** Shortest run that is worth a replicate; two equal bytes cost as much inside a literal. */
const MIN_RUN = 3;

/** A replicate makes 128 bytes of 2, so that packed bytes cannot become more than this many times as many. */
const MAX_RATIO = MAX_RUN / 2;

/** Append `packed[from..to)` as literals at `at`; the place after them. */
function putLiterals(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number) {
  for (; from < to; from += MAX_RUN) {
    const count = Math.min(MAX_RUN, to - from);
    out[at++] = count - 1;
    for (let i = 0; i < count; i++) out[at++] = bytes[from + i]!;
  }
  return at;
}

/** PackBits of one row (PS3.5 G.3.1), put into `out` at `at`; the place after it. */
function packRow(bytes: Uint8Array, start: number, stop: number, out: Uint8Array, at: number) {
  let literal = start; // where the literal that is not yet written begins
  for (let from = start; from < stop;) {
    const value = bytes[from]!;
    const last = Math.min(stop, from + MAX_RUN);
    let end = from + 1;
    while (end < last && bytes[end] === value) end++;
    if (end - from >= MIN_RUN) {
      at = putLiterals(bytes, literal, from, out, at);
      out[at++] = 257 - (end - from);
      out[at++] = value;
      literal = end;
    }
    from = end;
  }
  return putLiterals(bytes, literal, stop, out, at);
}

/** A row of zeros, as most rows are. */
function packZeros(count: number, out: Uint8Array, at: number) {
  for (; count > 1; count -= Math.min(MAX_RUN, count)) {
    out[at++] = 257 - Math.min(MAX_RUN, count);
    out[at++] = 0;
  }
  // a single byte is a literal
  if (count === 1) {
    out[at++] = 0;
    out[at++] = 0;
  }
  return at;
}

/** The bytes of pixels apart, the most significant first (PS3.5 G.2). */
function planesOf(pixels: Uint8Array | Uint16Array): Uint8Array[] {
  if (pixels instanceof Uint8Array) return [pixels];
  const [high, low] = [new Uint8Array(pixels.length), new Uint8Array(pixels.length)];
  for (let i = 0; i < pixels.length; i++) {
    high[i] = pixels[i]! >> 8;
    low[i] = pixels[i]!;
  }
  return [high, low];
}

/** A frame of 8- or 16-bit pixels as RLE (PS3.5 G): a segment per byte, rows packed one by one, even lengths. */
export function encodeRle(pixels: Uint8Array | Uint16Array, columns: number): Uint8Array {
  const planes = planesOf(pixels);
  const rows = pixels.length / columns;
  const longest = rows * (columns + Math.ceil(columns / MAX_RUN)) + 1;
  const frame = new Uint8Array(HEADER + planes.length * longest);
  const header = new DataView(frame.buffer);
  header.setUint32(0, planes.length, true);
  let at = HEADER;
  planes.forEach((plane, p) => {
    header.setUint32(4 + 4 * p, at, true);
    const next = scanner(plane);
    for (let from = 0; from < plane.length; from += columns) {
      const end = from + columns;
      at =
        next(from, end) === end
          ? packZeros(columns, frame, at)
          : packRow(plane, from, end, frame, at);
    }
    at += at % 2;
  });
  return frame.slice(0, at);
}

const corrupt = (what: string) =>
  new DicomError({
    code: 'seg.rle',
    tag: tagOf('PixelData'),
    rule: 'PS3.5 G.3',
    what: `The RLE compression in ${tagName('PixelData')} of the SEG is damaged: ${what}`,
    advice: 'store or export the SEG again',
  });

/** What PackBits say, one after the other, until `size` bytes are told. */
function eachRun(
  packed: Uint8Array,
  size: number,
  literal: (to: number, from: number, count: number) => void,
  replicate: (to: number, value: number, count: number) => void,
): void {
  let [from, to] = [0, 0];
  while (to < size) {
    if (from >= packed.length) throw corrupt('it ends early');
    const control = packed[from++]!;
    if (control === 128) continue;
    const said = control < 128 ? control + 1 : 257 - control;
    const count = Math.min(said, size - to);
    if (control < 128) {
      if (from + count > packed.length) throw corrupt('it ends early');
      literal(to, from, count);
      from += said;
    } else {
      if (from >= packed.length) throw corrupt('it ends early');
      replicate(to, packed[from++]!, count);
    }
    to += count;
  }
}

/** Unpack PackBits until `out` is full. */
const unpack = (packed: Uint8Array, out: Uint8Array): void =>
  eachRun(
    packed,
    out.length,
    (to, from, count) => out.set(packed.subarray(from, from + count), to),
    (to, value, count) => {
      if (value !== 0) out.fill(value, to, to + count);
    },
  );

/** The packed bytes of each segment. */
function segmentsOf(frame: Uint8Array, size: number, count: number): Uint8Array[] {
  if (frame.length < HEADER) throw corrupt('its header is cut off');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const found = view.getUint32(0, true);
  if (found !== count) throw corrupt(`it has ${found} segments where pixels have ${count} bytes`);
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  return offsets.map((start, i) => {
    const end = offsets[i + 1] ?? frame.length;
    if (start < HEADER || end < start || end > frame.length) throw corrupt('its offsets are wrong');
    if (size > MAX_RATIO * (end - start)) throw corrupt('it ends early');
    return frame.subarray(start, end);
  });
}

/**
 * Decode a frame of RLE (PS3.5 G).
 *
 * @param size bytes of one segment: pixels of the frame, or packed bytes when pixels have one bit
 * @param count segments that the pixels need: one per byte
 * @returns the segments, the most significant byte of the pixels first
 * @throws DicomError `seg.rle`
 */
export const decodeRle = (frame: Uint8Array, size: number, count = 1): Uint8Array[] =>
  segmentsOf(frame, size, count).map((packed) => {
    const out = new Uint8Array(size);
    unpack(packed, out);
    return out;
  });

/**
 * The pixels of a frame of 8-bit RLE that are not 0, without unpacking the others.
 *
 * @throws DicomError `seg.rle`
 */
export function eachRlePixel(
  frame: Uint8Array,
  size: number,
  put: (place: number, pixel: number) => void,
): void {
  const [packed] = segmentsOf(frame, size, 1) as [Uint8Array];
  eachRun(
    packed,
    size,
    (to, from, count) => {
      for (let i = 0; i < count; i++) if (packed[from + i] !== 0) put(to + i, packed[from + i]!);
    },
    (to, value, count) => {
      if (value !== 0) for (let i = 0; i < count; i++) put(to + i, value);
    },
  );
}
