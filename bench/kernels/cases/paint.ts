import type { Vec3 } from '@vessels/volume/geometry';

// Only sums, products and square roots: all machines draw the same voxels, as they would not with sines.

/** Steps of a tube's balls, voxels. */
const STEP = 0.5;

/** A mask to draw on, x fastest. */
export interface Canvas {
  readonly dims: Vec3;
  readonly mask: Uint8Array;
}

export const blank = (dims: Vec3): Canvas => ({
  dims,
  mask: new Uint8Array(dims[0] * dims[1] * dims[2]),
});

export const length = ([x, y, z]: Vec3): number => Math.sqrt(x * x + y * y + z * z);

export const along = (from: Vec3, to: Vec3, t: number): Vec3 => [
  from[0] + t * (to[0] - from[0]),
  from[1] + t * (to[1] - from[1]),
  from[2] + t * (to[2] - from[2]),
];

/** Give the voxels within `radius` of a point (index coordinates) a value. @returns how many changed */
export function ball({ dims, mask }: Canvas, at: Vec3, radius: number, value: 0 | 1 = 1): number {
  const [nx, ny, nz] = dims;
  const r2 = radius * radius;
  let changed = 0;
  const low = (c: number) => Math.max(0, Math.ceil(c - radius));
  const high = (c: number, n: number) => Math.min(n - 1, Math.floor(c + radius));
  for (let z = low(at[2]); z <= high(at[2], nz); z++)
    for (let y = low(at[1]); y <= high(at[1], ny); y++) {
      const rest = r2 - (y - at[1]) * (y - at[1]) - (z - at[2]) * (z - at[2]);
      if (rest < 0) continue;
      const half = Math.sqrt(rest);
      const row = nx * (y + ny * z);
      const to = row + Math.min(nx - 1, Math.floor(at[0] + half));
      for (let v = row + Math.max(0, Math.ceil(at[0] - half)); v <= to; v++) {
        if (mask[v] !== value) changed++;
        mask[v] = value;
      }
    }
  return changed;
}

/** Draw a straight tube with round ends. @returns how many voxels changed */
export function tube(
  canvas: Canvas,
  from: Vec3,
  to: Vec3,
  radius: number,
  value: 0 | 1 = 1,
): number {
  const steps = Math.ceil(length([to[0] - from[0], to[1] - from[1], to[2] - from[2]]) / STEP);
  let changed = 0;
  for (let s = 0; s <= steps; s++)
    changed += ball(canvas, along(from, to, s / Math.max(1, steps)), radius, value);
  return changed;
}

/** A direction, all equally likely. */
export function direction(next: () => number): Vec3 {
  for (;;) {
    const v: Vec3 = [2 * next() - 1, 2 * next() - 1, 2 * next() - 1];
    const l = length(v);
    if (l > 0.1 && l <= 1) return [v[0] / l, v[1] / l, v[2] / l];
  }
}
