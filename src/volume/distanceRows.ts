import type { Vec3 } from './geometry';

/** Steps between rows (along x) of a volume, by rising distance. */
export interface RowSteps {
  readonly dy: Int32Array;
  readonly dz: Int32Array;
  /** Squares of dy and dz in mm², and their sum: three numbers per step. */
  readonly squares: Float64Array;
}

/** All steps of at most `radius` mm between the rows of a volume. */
export function rowSteps(dims: Vec3, spacing: Vec3, radius: number): RowSteps {
  const [, sy, sz] = spacing;
  const maxY = Math.min(dims[1] - 1, Math.floor(radius / sy));
  const maxZ = Math.min(dims[2] - 1, Math.floor(radius / sz));
  const steps: [dy: number, dz: number, dy2: number, dz2: number, sum: number][] = [];
  for (let dz = -maxZ; dz <= maxZ; dz++)
    for (let dy = -maxY; dy <= maxY; dy++) {
      const [y, z] = [dy * sy, dz * sz];
      const sum = y * y + z * z;
      if (sum <= radius * radius) steps.push([dy, dz, y * y, z * z, sum]);
    }
  steps.sort((a, b) => a[4] - b[4]);
  return {
    dy: Int32Array.from(steps, ([dy]) => dy),
    dz: Int32Array.from(steps, ([, dz]) => dz),
    squares: Float64Array.from(steps.flatMap(([, , dy2, dz2, sum]) => [dy2, dz2, sum])),
  };
}
