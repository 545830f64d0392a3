import type { Vec3 } from '../volume/geometry';

export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** a + s·b */
export const along = (a: Vec3, s: number, b: Vec3): Vec3 => [
  a[0] + s * b[0],
  a[1] + s * b[1],
  a[2] + s * b[2],
];

export const length = (a: Vec3): number => Math.hypot(...a);

export const unit = (a: Vec3): Vec3 => along([0, 0, 0], 1 / length(a), a);
