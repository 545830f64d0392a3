import { packFrames } from './bits';
import type { SegFrame } from './frames';
import type { SegRequest } from './request';
import { encodeRle } from './rle';

/** Pixel data: bits that run on over all frames, label maps native, or RLE frame by frame. */
export function encodeFrames(
  request: SegRequest,
  frames: readonly SegFrame[],
): ArrayBuffer | ArrayBuffer[] {
  const { labelmap, geometry, kind } = request;
  const [columns, rows] = geometry.dims;
  const size = rows * columns;
  const slice = (k: number) => labelmap.subarray(k * size, (k + 1) * size);
  if (kind === 'BINARY')
    return packFrames(
      frames.map(({ k, segment }) => ({ pixels: slice(k), value: segment! })),
      size,
    ).buffer as ArrayBuffer;
  if (request.compression === 'native') {
    const pixels = new Uint8Array(frames.length * size);
    frames.forEach(({ k }, f) => pixels.set(slice(k), f * size));
    return pixels.buffer;
  }
  return frames.map(({ k }) => encodeRle(slice(k), columns).buffer as ArrayBuffer);
}
