import { scanner } from './scan';

/** Bytes that hold `count` bits. */
export const bytesFor = (count: number): number => Math.ceil(count / 8);

/**
 * Set a bit for each pixel that is not 0, the lowest bit of a byte first. Bits run on from frame to frame without
 * padding between them (PS3.5 8.1.1), so a frame may begin within a byte.
 *
 * @param packed bits of all frames
 * @param startOf the first bit of the frame of a value; negative where it has none
 */
export function packBits(
  packed: Uint8Array,
  pixels: Uint8Array | Uint16Array,
  startOf: (value: number) => number,
): void {
  let [value, start] = [0, -1];
  const next = scanner(pixels);
  const end = pixels.length;
  for (let i = next(0, end); i < end; i = next(i + 1, end)) {
    if (pixels[i] !== value) {
      value = pixels[i]!;
      start = startOf(value);
    }
    if (start >= 0) packed[(start + i) >> 3]! |= 1 << ((start + i) & 7);
  }
}

/** `count` pixels (0 or 1) from bit `start` on; the inverse of {@link packBits}. */
export function unpackBits(packed: Uint8Array, start: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count);
  for (let i = 0; i < count;) {
    const bit = start + i;
    const byte = packed[bit >> 3]!;
    const end = Math.min(count, i + 8 - (bit & 7));
    if (byte === 0) i = end;
    else for (let shift = bit & 7; i < end; i++, shift++) pixels[i] = (byte >> shift) & 1;
  }
  return pixels;
}

/** The places of the bits that are set, of `count` bits from bit `start` on. */
export function eachBit(
  packed: Uint8Array,
  start: number,
  count: number,
  put: (place: number) => void,
): void {
  const end = start + count;
  for (let byte = start >> 3; byte << 3 < end; byte++) {
    let bits = packed[byte]!;
    while (bits !== 0) {
      const lowest = bits & -bits;
      const bit = (byte << 3) + 31 - Math.clz32(lowest);
      if (bit >= start && bit < end) put(bit - start);
      bits ^= lowest;
    }
  }
}
