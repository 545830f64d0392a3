/** Longest value of a Decimal String (PS3.5 6.2). */
const MAX_LENGTH = 16;

/**
 * A number as a Decimal String: exact where 16 characters are enough, else rounded to as many digits as fit.
 *
 * @throws RangeError when the number is not finite
 */
export function formatDecimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no Decimal String`);
  for (let digits = 17; ; digits--) {
    const rounded = Number(value.toPrecision(digits));
    const text = [String(rounded), rounded.toExponential()].find(
      ({ length }) => length <= MAX_LENGTH,
    );
    if (text) return text;
  }
}
