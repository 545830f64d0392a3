/** How far values may differ and still count as equal. */
export const TOLERANCE = Object.freeze({
  /** Components of direction vectors; also the sine of the stack's tilt. */
  direction: 1e-3,
  /** Slice and pixel spacing, of the spacing. */
  spacing: 0.01,
  /** Sideways shift of a slice, of the pixel spacing. */
  shift: 0.1,
  /** Positions nearer than this are the same, mm. */
  position: 1e-3,
});

/** Whether numbers are equal one by one. */
export const close = (a: readonly number[], b: readonly number[], tolerance: number): boolean =>
  a.every((value, i) => Math.abs(value - b[i]!) <= tolerance);
