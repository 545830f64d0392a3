/** Values of voxels, such as a mask or a labelmap. */
type Values = ArrayLike<number>;

/**
 * Finds where two arrays of one length differ, four bytes at a time where both are bytes and aligned. It looks at the
 * arrays as they are when it is asked.
 *
 * @returns the first index from `from` at which they differ, or their length
 */
export function differences(a: Values, b: Values): (from: number) => number {
  const [wordsA, wordsB] = [asWords(a), asWords(b)];
  if (!wordsA || !wordsB) return (from) => nextIn(a, b, from, a.length);
  return (from) => {
    const whole = (from + 3) & ~3;
    const head = nextIn(a, b, from, Math.min(whole, a.length));
    if (head < whole) return head;
    return nextIn(a, b, 4 * nextWord(wordsA, wordsB, whole >> 2), a.length);
  };
}

function nextIn(a: Values, b: Values, from: number, end: number): number {
  let i = from;
  while (i < end && a[i] === b[i]) i++;
  return i;
}

/** Apart from {@link nextIn}, so that it is compiled for words alone. */
function nextWord(a: Int32Array, b: Int32Array, from: number): number {
  let i = from;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

const asWords = (values: Values): Int32Array | undefined =>
  values instanceof Uint8Array && values.byteOffset % 4 === 0
    ? new Int32Array(values.buffer, values.byteOffset, values.length >> 2)
    : undefined;
