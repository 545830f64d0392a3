/** Bytes that hold `count` bits. */
export const bytesFor = (count: number): number => Math.ceil(count / 8);

/** Pixels that are looked at in one step: where all are background, nothing needs to be done. */
const STEP = 8;

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
  const put = (i: number) => {
    if (pixels[i] !== value) {
      value = pixels[i]!;
      start = startOf(value);
    }
    if (start >= 0) packed[(start + i) >> 3]! |= 1 << ((start + i) & 7);
  };
  const whole = pixels.length - (pixels.length % STEP);
  for (let at = 0; at < whole; at += STEP) {
    const any =
      pixels[at]! |
      pixels[at + 1]! |
      pixels[at + 2]! |
      pixels[at + 3]! |
      pixels[at + 4]! |
      pixels[at + 5]! |
      pixels[at + 6]! |
      pixels[at + 7]!;
    if (any !== 0) for (let i = at; i < at + STEP; i++) if (pixels[i] !== 0) put(i);
  }
  for (let i = whole; i < pixels.length; i++) if (pixels[i] !== 0) put(i);
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
