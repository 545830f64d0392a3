/** Bytes that hold `count` bits. */
export const bytesFor = (count: number): number => Math.ceil(count / 8);

/** A frame to be packed: a bit is set where the pixel has the value. */
export interface BitFrame {
  readonly pixels: Uint8Array;
  readonly value: number;
}

/**
 * Pack frames to one bit per pixel, the lowest bit first; the bits run on from frame to frame, without padding
 * between them (PS3.5 8.1.1).
 *
 * @param size pixels of each frame
 */
export function packFrames(frames: readonly BitFrame[], size: number): Uint8Array {
  const packed = new Uint8Array(bytesFor(frames.length * size));
  frames.forEach(({ pixels, value }, f) => {
    for (let i = 0, bit = f * size; i < size; i++, bit++)
      if (pixels[i] === value) packed[bit >> 3]! |= 1 << (bit & 7);
  });
  return packed;
}

/** `count` pixels (0 or 1) from bit `start` on; the inverse of {@link packFrames}. */
export function unpackBits(packed: Uint8Array, start: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count);
  for (let i = 0, bit = start; i < count; i++, bit++)
    pixels[i] = (packed[bit >> 3]! >> (bit & 7)) & 1;
  return pixels;
}
