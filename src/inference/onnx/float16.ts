/** Greatest number of 16 bits. */
const GREATEST = 65_504;

/**
 * Numbers as IEEE 754 half floats, rounded to the nearest, ties to even. Browsers that have no Float16Array run it too.
 *
 * @returns bits of each; undefined where one is too large for a half float
 */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> | undefined {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]) <= GREATEST)) return undefined;
    const sign = (bits[i] >>> 16) & 0x8000;
    const exponent = ((bits[i] >>> 23) & 0xff) - 127;
    // below 2⁻¹⁴ halves are the multiples of 2⁻²⁴
    const magnitude =
      exponent < -14
        ? roundEven(Math.abs(values[i]) * 2 ** 24)
        : rounded(((exponent + 15) << 23) | (bits[i] & 0x7fffff));
    halves[i] = sign | magnitude;
  }
  return halves;
}

/** Drops the 13 last bits. A carry into the exponent is right. */
const rounded = (bits: number): number => (bits + 0xfff + ((bits >>> 13) & 1)) >>> 13;

function roundEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return below + (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? 1 : 0);
}
