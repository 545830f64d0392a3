import fc from 'fast-check';
import type { Vec3 } from '@vessels/volume/geometry';
import { randomMask, xorshift } from './masks';

/** A labelmap with its grid. */
export interface DrawnLabels {
  readonly labels: Uint8Array;
  readonly dims: Vec3;
}

/** A labelmap drawn as text, slices of lines: digits are labels, anything else is background. */
export function drawLabels(...slices: readonly (readonly string[])[]): DrawnLabels {
  const rows = slices.flat();
  return {
    labels: Uint8Array.from(rows.join(''), (c) => (/\d/.test(c) ? Number(c) : 0)),
    dims: [rows[0].length, slices[0].length, slices.length],
  };
}

/** Two labelmaps on one grid: classes in slabs of a random mask, and the same with changed and lost voxels. */
export const randomLabelPair = (): fc.Arbitrary<{
  readonly prediction: Uint8Array;
  readonly reference: Uint8Array;
  readonly dims: Vec3;
}> =>
  fc
    .tuple(
      randomMask(),
      fc.constantFrom(1, 2, 3),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(0, 0.1, 0.5),
      fc.nat(),
    )
    .map(([{ mask, dims }, classes, width, change, seed]) => {
      const next = xorshift(seed);
      const labelAt = (i: number) => 1 + (Math.floor((i % dims[0]) / width) % classes);
      const reference = mask.map((v, i) => (v === 0 ? 0 : labelAt(i)));
      // Up to a class that the reference lacks.
      const prediction = reference.map((label) =>
        next() < change ? Math.floor(next() * (classes + 2)) : label,
      );
      return { prediction, reference, dims };
    });
