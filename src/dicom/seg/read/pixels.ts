import { inflateSync } from 'fflate';
import type { Part10View } from '../../part10';
import { TRANSFER_SYNTAX } from '../../syntaxes';
import { tagName } from '../../tags';
import { bytesFor, eachBit, unpackBits } from '../bits';
import { decodeRle, eachRlePixel } from '../rle';
import { scanner } from '../scan';
import { refusal } from './refusal';

/** Size of the frames of a SEG. */
export interface FrameFormat {
  /** Pixels of a frame. */
  readonly size: number;
  readonly count: number;
  readonly bits: 1 | 8 | 16;
}

/** Stored pixels. */
export type Pixels = Uint8Array | Uint16Array;

/** Frames by their numbers from 0. */
export interface FrameReader {
  readonly pixels: (frame: number) => Pixels;
  /** The pixels that are not 0, in the order of their places. */
  readonly eachPixel: (frame: number, put: (place: number, pixel: number) => void) => void;
}

/** For frames whose pixels have to be made anyway. */
const reader = (pixels: FrameReader['pixels']): FrameReader => ({
  pixels,
  eachPixel: (frame, put) => {
    const all = pixels(frame);
    const next = scanner(all);
    for (let i = next(0, all.length); i < all.length; i = next(i + 1, all.length)) put(i, all[i]!);
  },
});

const frameBytes = ({ size, bits }: FrameFormat) => bytesFor(size * bits);

const damaged = (found: number, expected: number) =>
  refusal(
    'seg.pixel-data',
    'PixelData',
    'PS3.5 8.1.1',
    `${tagName('PixelData')} of the SEG holds ${found} bytes where ${expected} are needed`,
    'it is damaged: store or export the SEG again',
  );

const pixelsOf = (bytes: Uint8Array, { size, bits }: FrameFormat): Pixels => {
  if (bits === 1) return unpackBits(bytes, 0, size);
  if (bits === 8) return bytes.subarray(0, size);
  const words = bytes.slice(0, 2 * size);
  return new Uint16Array(words.buffer, words.byteOffset, size);
};

/** Native pixel data: one block for all frames. */
function nativeReader(block: Uint8Array, format: FrameFormat): FrameReader {
  const { size, count, bits } = format;
  const bytes = frameBytes(format);
  const expected = bytesFor(size * bits * count);
  if (block.length < expected) throw damaged(block.length, expected);
  if (bits !== 1)
    return reader((frame) => pixelsOf(block.subarray(frame * bytes, (frame + 1) * bytes), format));
  // Some writers pad each frame to whole bytes; the length tells, as it then exceeds the right one and its padding.
  const isPadded = block.length > expected + 1 && block.length >= bytes * count;
  const startOf = (frame: number) => frame * (isPadded ? 8 * bytes : size);
  return {
    pixels: (frame) => unpackBits(block, startOf(frame), size),
    eachPixel: (frame, put) => eachBit(block, startOf(frame), size, (place) => put(place, 1)),
  };
}

/** Frames of 16-bit RLE have their high bytes first (PS3.5 G.2). */
function fromRle(frame: Uint8Array, format: FrameFormat): Uint8Array {
  if (format.bits !== 16) return decodeRle(frame, frameBytes(format))[0]!;
  const [high, low] = decodeRle(frame, format.size, 2) as [Uint8Array, Uint8Array];
  const bytes = new Uint8Array(2 * format.size);
  for (let i = 0; i < format.size; i++) {
    bytes[2 * i] = low[i]!;
    bytes[2 * i + 1] = high[i]!;
  }
  return bytes;
}

/** Deflate makes at most 258 bytes of 2 bits. */
const MAX_DEFLATE_RATIO = 1032;

function fromDeflate(frame: Uint8Array, format: FrameFormat): Uint8Array {
  const expected = frameBytes(format);
  if (expected > MAX_DEFLATE_RATIO * frame.length) throw damaged(frame.length, expected);
  try {
    return inflateSync(frame, { out: new Uint8Array(expected) });
  } catch {
    throw damaged(0, expected);
  }
}

/** How a compressed frame becomes the bytes of a native one. */
const DECODERS: Readonly<Record<string, (frame: Uint8Array, format: FrameFormat) => Uint8Array>> =
  Object.freeze({
    [TRANSFER_SYNTAX.rleLossless]: fromRle,
    [TRANSFER_SYNTAX.deflatedFrames]: fromDeflate,
  });

const NATIVE: readonly string[] = [
  TRANSFER_SYNTAX.explicitLittleEndian,
  TRANSFER_SYNTAX.implicitLittleEndian,
  TRANSFER_SYNTAX.deflated,
];

/** A UID as it may be shown: in a damaged file its bytes may be anything, the patient's name too. */
const named = (uid: string) => (/^[\d.]{1,64}$/.test(uid) ? uid : 'that is no UID');

/**
 * The frames of a SEG: native (little endian), RLE Lossless or deflated frames. Single bits run on over native
 * frames (PS3.5 8.1.1); frames padded to whole bytes, which some writers make, are recognised by their length.
 *
 * @throws DicomError `seg.transfer-syntax`, `seg.pixel-data`; when a frame is read also `seg.rle`
 */
export function frameReader(
  { frames, transferSyntaxUID }: Part10View,
  format: FrameFormat,
): FrameReader {
  if (NATIVE.includes(transferSyntaxUID))
    return nativeReader(frames[0] ?? new Uint8Array(), format);
  const decode = DECODERS[transferSyntaxUID];
  if (!decode)
    throw refusal(
      'seg.transfer-syntax',
      'TransferSyntaxUID',
      'PS3.5 10',
      `The SEG is compressed with ${tagName('TransferSyntaxUID')} ${named(transferSyntaxUID)}, which cannot be read`,
      'store it uncompressed or with RLE Lossless',
    );
  const of = (frame: number) => frames[frame] ?? new Uint8Array();
  const decoded = reader((frame) => {
    const bytes = decode(of(frame), format);
    if (bytes.length < frameBytes(format)) throw damaged(bytes.length, frameBytes(format));
    return pixelsOf(bytes, format);
  });
  if (transferSyntaxUID !== TRANSFER_SYNTAX.rleLossless || format.bits !== 8) return decoded;
  return { ...decoded, eachPixel: (frame, put) => eachRlePixel(of(frame), format.size, put) };
}
