import { voxelCount, type Geometry, type Vec3 } from '@vessels/volume/geometry';
import type { Mask } from '@vessels/volume/volume';
import type { Aneurysm, Vessel } from './anatomy';

/** Distances farther than this from every vessel wall are not told apart, mm. */
const REACH = 2.5;

/** Step along a centerline, mm: a fraction of the thinnest radius, so that the spheres overlap to a tube. */
const STEP = 0.2;

/** Spheres whose union is the vessel: centre (LPS mm) and radius along a Catmull-Rom curve. */
export function spheresAlong({ points }: Vessel): [number, number, number, number][] {
  const spheres: [number, number, number, number][] = [];
  for (let p = 0; p + 1 < points.length; p++) {
    const [a, b, c, d] = [
      points[Math.max(0, p - 1)]!,
      points[p]!,
      points[p + 1]!,
      points[Math.min(points.length - 1, p + 2)]!,
    ];
    const steps = Math.ceil(Math.hypot(c[0] - b[0], c[1] - b[1], c[2] - b[2]) / STEP);
    for (let s = 0; s <= steps; s++) {
      const t = s / steps;
      const at = (axis: number) =>
        b[axis]! +
        0.5 *
          t *
          (c[axis]! -
            a[axis]! +
            t *
              (2 * a[axis]! -
                5 * b[axis]! +
                4 * c[axis]! -
                d[axis]! +
                t * (3 * (b[axis]! - c[axis]!) + d[axis]! - a[axis]!)));
      // The radius is interpolated linearly: a spline would undershoot in a stenosis.
      spheres.push([at(0), at(1), at(2), b[3] + t * (c[3] - b[3])]);
    }
  }
  return spheres;
}

/**
 * Signed distance to the vessel wall in mm, positive inside, at every voxel centre (x fastest), cut off at
 * {@link REACH} outside. The geometry must be axis-aligned.
 */
export function signedDistance(
  vessels: readonly Vessel[],
  aneurysms: readonly Aneurysm[],
  geometry: Geometry,
): Float32Array {
  const distance = new Float32Array(voxelCount(geometry)).fill(-REACH);
  const spheres = [
    ...vessels.flatMap(spheresAlong),
    ...aneurysms.map(
      ({ center, radius }) => [...center, radius] as [number, number, number, number],
    ),
  ];
  for (const [x, y, z, r] of spheres)
    forBox(geometry, [x, y, z], r + REACH, (voxel, center) => {
      const inside = r - center;
      if (inside > distance[voxel]!) distance[voxel] = inside;
    });
  return distance;
}

/** The truth: voxels whose centre lies in the lumen. */
export const maskOf = (distance: Float32Array, geometry: Geometry): Mask => ({
  data: Uint8Array.from(distance, (d) => Number(d > 0)),
  geometry,
});

/** Calls `visit` for the voxels whose centre lies within `radius` mm of a point. */
export const forBall = (
  geometry: Geometry,
  center: Vec3,
  radius: number,
  visit: (voxel: number) => void,
): void =>
  forBox(geometry, center, radius, (voxel, distance) => {
    if (distance <= radius) visit(voxel);
  });

/** Visits the voxels of a cube around a point, with their distance from it, mm. */
function forBox(
  { dims, spacing, origin }: Geometry,
  [x, y, z]: Vec3,
  reach: number,
  visit: (voxel: number, distance: number) => void,
): void {
  const range = (axis: 0 | 1 | 2, at: number): [number, number] => [
    Math.max(0, Math.ceil((at - origin[axis] - reach) / spacing[axis])),
    Math.min(dims[axis] - 1, Math.floor((at - origin[axis] + reach) / spacing[axis])),
  ];
  const [[i0, i1], [j0, j1], [k0, k1]] = [range(0, x), range(1, y), range(2, z)];
  for (let k = k0; k <= k1; k++)
    for (let j = j0; j <= j1; j++)
      for (let i = i0; i <= i1; i++)
        visit(
          i + dims[0] * (j + dims[1] * k),
          Math.hypot(
            origin[0] + i * spacing[0] - x,
            origin[1] + j * spacing[1] - y,
            origin[2] + k * spacing[2] - z,
          ),
        );
}
