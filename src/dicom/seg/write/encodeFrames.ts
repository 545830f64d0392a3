import { bytesFor, packBits } from '../bits';
import { fractionsOf } from './content';
import type { SegFrame } from './frames';
import { labelmapBits, type SegRequest } from './request';
import { encodeRle } from '../rle';

type Pixels = Uint8Array | Uint16Array;

/** The pixels of a frame that has whole bytes per pixel. */
function pixelsOf(request: SegRequest, size: number): (frame: SegFrame) => Pixels {
  if ('labelmap' in request) {
    const wide = labelmapBits(request) === 16;
    return ({ k }) => {
      const slice = request.labelmap.subarray(k * size, (k + 1) * size);
      if (wide) return slice instanceof Uint16Array ? slice : new Uint16Array(slice);
      return slice instanceof Uint8Array ? slice : new Uint8Array(slice);
    };
  }
  const maps = 'masks' in request ? request.masks : request.probabilities;
  const places = new Map(request.segments.map(({ number }, i) => [number, i]));
  return ({ k, segment }) => fractionsOf(maps[places.get(segment!)!]!, k * size, size);
}

/** Frames one after the other. */
function nativePixels(
  frames: readonly SegFrame[],
  size: number,
  of: (frame: SegFrame) => Pixels,
): ArrayBuffer {
  const bytes = of(frames[0]!).BYTES_PER_ELEMENT;
  const block =
    bytes === 2 ? new Uint16Array(frames.length * size) : new Uint8Array(frames.length * size);
  frames.forEach((frame, f) => block.set(of(frame), f * size));
  return block.buffer as ArrayBuffer;
}

/** One bit per pixel and segment, run on over all frames. */
function binaryPixels(
  request: Extract<SegRequest, { kind: 'LABELMAP' | 'BINARY' }>,
  frames: readonly SegFrame[],
  size: number,
): ArrayBuffer {
  const packed = new Uint8Array(bytesFor(frames.length * size));
  if ('masks' in request) {
    const of = pixelsOf(request, size);
    frames.forEach((frame, f) => packBits(packed, of(frame), () => f * size));
    return packed.buffer;
  }
  // a slice of a labelmap is gone through once, for all its segments
  const starts = new Map<number, Map<number, number>>();
  frames.forEach(({ k, segment }, f) => {
    const inSlice = starts.get(k) ?? new Map<number, number>();
    starts.set(k, inSlice.set(segment!, f * size));
  });
  for (const [k, inSlice] of starts)
    packBits(
      packed,
      request.labelmap.subarray(k * size, (k + 1) * size),
      (value) => inSlice.get(value) ?? -1,
    );
  return packed.buffer;
}

/** Pixel data: bits that run on over all frames, bytes or words native, or RLE frame by frame. */
export function encodeFrames(
  request: SegRequest,
  frames: readonly SegFrame[],
): ArrayBuffer | ArrayBuffer[] {
  const [columns, rows] = request.geometry.dims;
  const size = rows * columns;
  if (request.kind === 'BINARY') return binaryPixels(request, frames, size);
  const of = pixelsOf(request, size);
  if (request.compression === 'native') return nativePixels(frames, size, of);
  return frames.map((frame) => encodeRle(of(frame), columns).buffer as ArrayBuffer);
}
