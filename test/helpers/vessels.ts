import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import type { Mask } from '@vessels/volume/volume';

/** Signed test of a point (mm): positive inside. */
export type Solid = (point: Vec3) => number;

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** A vector of length 1. */
export function unit(v: Vec3): Vec3 {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Straight tube with round ends between two points. */
export const tube =
  (from: Vec3, to: Vec3, radius: number): Solid =>
  (p) => {
    const axis = minus(to, from);
    const along = Math.min(1, Math.max(0, dot(minus(p, from), axis) / dot(axis, axis)));
    const [x, y, z] = minus(p, from);
    return radius - Math.hypot(x - along * axis[0], y - along * axis[1], z - along * axis[2]);
  };

/** Straight tube with flat ends: middle, direction, length. */
export const cylinder =
  (middle: Vec3, direction: Vec3, length: number, radius: number): Solid =>
  (p) => {
    const offset = minus(p, middle);
    const along = dot(offset, unit(direction));
    const across = Math.sqrt(Math.max(0, dot(offset, offset) - along * along));
    return Math.min(radius - across, length / 2 - Math.abs(along));
  };

/** Closed ring: middle, axis, radius of the ring and of its tube. */
export const torus =
  (middle: Vec3, axis: Vec3, ring: number, radius: number): Solid =>
  (p) => {
    const offset = minus(p, middle);
    const along = dot(offset, unit(axis));
    const across = Math.sqrt(Math.max(0, dot(offset, offset) - along * along));
    return radius - Math.hypot(across - ring, along);
  };

export const ball =
  (middle: Vec3, radius: number): Solid =>
  (p) =>
    radius - Math.hypot(...minus(p, middle));

export const union =
  (...solids: Solid[]): Solid =>
  (p) =>
    Math.max(...solids.map((solid) => solid(p)));

/** A grid along the world's axes whose voxel (0, 0, 0) is at the origin. */
export const gridOf = (
  dims: Vec3,
  spacing: Vec3 = [1, 1, 1],
  origin: Vec3 = [0, 0, 0],
): Geometry => ({
  dims,
  spacing,
  origin,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

/** The voxels of a grid whose centres lie in a solid. */
export function digitise(solid: Solid, geometry: Geometry): Mask {
  const { dims, spacing, origin } = geometry;
  const data = new Uint8Array(dims[0] * dims[1] * dims[2]);
  for (let z = 0, i = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++)
      for (let x = 0; x < dims[0]; x++, i++) {
        const at = [x, y, z].map((n, axis) => origin[axis] + n * spacing[axis]);
        if (solid([at[0], at[1], at[2]]) > 0) data[i] = 1;
      }
  return { data, geometry };
}

/** A grid round the world's origin that reaches this far (mm) along each axis, off the voxels' centres. */
export function gridAround(extent: Vec3, spacing: Vec3, shift: Vec3 = [0.3, 0.1, 0.2]): Geometry {
  const half = extent.map((e, axis) => Math.ceil(e / spacing[axis]) + 2);
  const origin = half.map((n, axis) => (shift[axis] - n) * spacing[axis]);
  return gridOf([2 * half[0] + 1, 2 * half[1] + 1, 2 * half[2] + 1], spacing, [
    origin[0],
    origin[1],
    origin[2],
  ]);
}

/**
 * Voxels (index coordinates) that a curve passes, each touching the next, corners cut as thinning cuts them.
 * @param curve from 0 … 1 to fractional voxel indices
 */
export function digitiseCurve(curve: (t: number) => Vec3, samples = 4000): Vec3[] {
  const voxels: Vec3[] = [];
  for (let i = 0; i <= samples; i++) {
    const [x, y, z] = curve(i / samples).map(Math.round);
    const last = voxels.at(-1);
    if (!last || last[0] !== x || last[1] !== y || last[2] !== z) voxels.push([x, y, z]);
  }
  const touch = (a: Vec3, b: Vec3) => a.every((v, axis) => Math.abs(v - b[axis]) <= 1);
  for (let i = 1; i < voxels.length - 1;)
    if (touch(voxels[i - 1], voxels[i + 1])) voxels.splice(i, 1);
    else i++;
  return voxels;
}

/** Numbers spread evenly over 0 … 1, the same for the same seed; fast-check prefers extremes. */
export function uniform(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A direction, all equally likely. */
export function randomDirection(next: () => number): Vec3 {
  const z = 2 * next() - 1;
  const turn = 2 * Math.PI * next();
  const across = Math.sqrt(1 - z * z);
  return [across * Math.cos(turn), across * Math.sin(turn), z];
}
