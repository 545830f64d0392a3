import { InputError } from '../../volume/errors';

/** Bytes of the header: the number of segments and up to 15 offsets (PS3.5 G.3). */
const HEADER = 64;
const MAX_RUN = 128;

/** Shortest run that is worth a replicate; two equal bytes cost as much inside a literal. */
const MIN_RUN = 3;

/** PackBits of one row (PS3.5 G.3.1), appended to `out`. */
function packRow(row: Uint8Array, out: number[]): void {
  let literal = 0; // where the literal that is not yet written begins
  const flush = (end: number) => {
    for (let at = literal; at < end; at += MAX_RUN) {
      const stop = Math.min(at + MAX_RUN, end);
      out.push(stop - at - 1, ...row.subarray(at, stop));
    }
  };
  let at = 0;
  while (at < row.length) {
    let end = at + 1;
    while (end < row.length && row[end] === row[at] && end - at < MAX_RUN) end++;
    if (end - at >= MIN_RUN) {
      flush(at);
      out.push(257 - (end - at), row[at]!);
      literal = end;
    }
    at = end;
  }
  flush(row.length);
}

/** A frame of 8-bit pixels as RLE (PS3.5 G): one segment, rows packed one by one, even length. */
export function encodeRle(pixels: Uint8Array, columns: number): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < pixels.length; at += columns)
    packRow(pixels.subarray(at, at + columns), bytes);
  if (bytes.length % 2 === 1) bytes.push(0);
  const frame = new Uint8Array(HEADER + bytes.length);
  new DataView(frame.buffer).setUint32(0, 1, true);
  new DataView(frame.buffer).setUint32(4, HEADER, true);
  frame.set(bytes, HEADER);
  return frame;
}

const corrupt = (what: string) =>
  new InputError(
    'seg.rle',
    `The RLE compression of the SEG is damaged (${what}); store or export the SEG again.`,
  );

/** Unpack PackBits until `out` is full. */
function unpack(packed: Uint8Array, out: Uint8Array): void {
  let [from, to] = [0, 0];
  while (to < out.length) {
    if (from >= packed.length) throw corrupt('it ends early');
    const control = packed[from++]!;
    if (control === 128) continue;
    const count = control < 128 ? control + 1 : 257 - control;
    const end = Math.min(to + count, out.length);
    if (control < 128) {
      if (from + (end - to) > packed.length) throw corrupt('it ends early');
      out.set(packed.subarray(from, from + (end - to)), to);
      from += count;
    } else out.fill(packed[from++]!, to, end);
    to = end;
  }
}

/**
 * Decode a frame of RLE (PS3.5 G).
 *
 * @param size bytes of one segment: pixels of the frame, or packed bytes when pixels have one bit
 * @returns the segments, the most significant byte of the pixels first
 * @throws InputError `seg.rle`
 */
export function decodeRle(frame: Uint8Array, size: number): Uint8Array[] {
  if (frame.length < HEADER) throw corrupt('its header is cut off');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const count = view.getUint32(0, true);
  if (count < 1 || count > 15) throw corrupt(`${count} segments`);
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  return offsets.map((start, i) => {
    const end = offsets[i + 1] ?? frame.length;
    if (start < HEADER || end < start || end > frame.length) throw corrupt('wrong offsets');
    const out = new Uint8Array(size);
    unpack(frame.subarray(start, end), out);
    return out;
  });
}
