type Pixels = Uint8Array | Uint16Array;

/** Pixels as 32-bit words, where they lie so. */
function wordsOf({ buffer, byteOffset, byteLength }: Pixels): Uint32Array | undefined {
  return byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, byteLength >> 2) : undefined;
}

/**
 * Find the pixels that are not 0: vessels fill a hundredth of an image, so that most of it is passed over word by word.
 *
 * @returns from a place on, the place of the next pixel that is not 0, or `end`
 */
export function scanner(pixels: Pixels): (from: number, end: number) => number {
  const words = wordsOf(pixels);
  if (!words)
    return (from, end) => {
      while (from < end && pixels[from] === 0) from++;
      return from;
    };
  const [shift, mask] = pixels.BYTES_PER_ELEMENT === 1 ? [2, 3] : [1, 1];
  return (from, end) => {
    while (from < end && (from & mask) !== 0) {
      if (pixels[from] !== 0) return from;
      from++;
    }
    const last = end >> shift;
    let word = from >> shift;
    while (word < last && words[word] === 0) word++;
    from = Math.max(from, word << shift);
    while (from < end && pixels[from] === 0) from++;
    return Math.min(from, end);
  };
}
