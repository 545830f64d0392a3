import { inflateSync } from 'fflate';
import { InputError } from '../../volume/errors';
import type { Part10 } from '../part10';
import { TRANSFER_SYNTAX } from '../syntaxes';
import { tagName } from '../tags';
import { bytesFor, unpackBits } from './bits';
import { decodeRle } from './rle';

/** Size of the frames of a SEG. */
export interface FrameFormat {
  /** Pixels of a frame. */
  readonly size: number;
  readonly count: number;
  readonly bits: 1 | 8 | 16;
}

/** Pixels of a frame by its number from 0. */
export type FrameReader = (frame: number) => Uint8Array | Uint16Array;

const frameBytes = ({ size, bits }: FrameFormat) => bytesFor(size * bits);

const damaged = (found: number, expected: number) =>
  new InputError(
    'seg.pixel-data',
    `${tagName('PixelData')} of the SEG holds ${found} bytes where ${expected} are needed; it is damaged: store or export the SEG again.`,
  );

const pixelsOf = (bytes: Uint8Array, { size, bits }: FrameFormat): Uint8Array | Uint16Array => {
  if (bits === 1) return unpackBits(bytes, 0, size);
  return bits === 8 ? bytes : new Uint16Array(bytes.slice().buffer, 0, size);
};

/** Native pixel data: one block for all frames. */
function nativeReader(block: Uint8Array, format: FrameFormat): FrameReader {
  const { size, count, bits } = format;
  const bytes = frameBytes(format);
  const expected = bytesFor(size * bits * count);
  if (block.length < expected) throw damaged(block.length, expected);
  if (bits !== 1)
    return (frame) => pixelsOf(block.subarray(frame * bytes, (frame + 1) * bytes), format);
  // Some writers pad each frame to whole bytes; the length tells, as it then exceeds the right one and its padding.
  const isPadded = block.length > expected + 1 && block.length >= bytes * count;
  return (frame) => unpackBits(block, frame * (isPadded ? 8 * bytes : size), size);
}

/** Frames of 16-bit RLE have their high bytes first (PS3.5 G.2). */
function fromRle(frame: Uint8Array, format: FrameFormat): Uint8Array {
  if (format.bits !== 16) return decodeRle(frame, frameBytes(format))[0]!;
  const [high, low] = decodeRle(frame, format.size);
  if (!low) throw damaged(format.size, 2 * format.size);
  const bytes = new Uint8Array(2 * format.size);
  for (let i = 0; i < format.size; i++) {
    bytes[2 * i] = low[i]!;
    bytes[2 * i + 1] = high![i]!;
  }
  return bytes;
}

function fromDeflate(frame: Uint8Array, format: FrameFormat): Uint8Array {
  try {
    return inflateSync(frame, { out: new Uint8Array(frameBytes(format)) });
  } catch {
    throw damaged(0, frameBytes(format));
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

/**
 * The frames of a SEG: native (little endian), RLE Lossless or deflated frames. Single bits run on over native
 * frames (PS3.5 8.1.1); frames padded to whole bytes, which some writers make, are recognised by their length.
 *
 * @throws InputError `seg.transfer-syntax`, `seg.pixel-data`; when a frame is read also `seg.rle`
 */
export function frameReader(
  { pixelData, transferSyntaxUID }: Part10,
  format: FrameFormat,
): FrameReader {
  const blocks = (pixelData ?? []).map((block) => new Uint8Array(block));
  if (NATIVE.includes(transferSyntaxUID))
    return nativeReader(blocks[0] ?? new Uint8Array(), format);
  const decode = DECODERS[transferSyntaxUID];
  if (!decode)
    throw new InputError(
      'seg.transfer-syntax',
      `The SEG is compressed with ${tagName('TransferSyntaxUID')} ${transferSyntaxUID}, which cannot be read; store it uncompressed or with RLE Lossless.`,
    );
  return (frame) => {
    const bytes = decode(blocks[frame] ?? new Uint8Array(), format);
    if (bytes.length < frameBytes(format)) throw damaged(bytes.length, frameBytes(format));
    return pixelsOf(bytes, format);
  };
}
