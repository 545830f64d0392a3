import { topologyErrors, type TopologyError } from '@vessels/metrics/topologyErrors/topologyErrors';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import type { Drawn } from './draw';

/** A grid whose first voxel lies at the origin. */
export const geometryOf = (dims: Vec3, spacing: Vec3 = [1, 1, 1]): Geometry => ({
  dims,
  spacing,
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

/** The errors of a prediction on a grid whose first voxel lies at the origin. */
export const errorsBetween = (p: Drawn, r: Drawn, spacing: Vec3 = [1, 1, 1]): TopologyError[] =>
  topologyErrors({ data: p.mask, geometry: geometryOf(p.dims, spacing) }, r.mask);

/** How many errors there are of each kind; kinds without any are left out. */
export function countKinds(errors: readonly TopologyError[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of errors) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The voxels of a polyline, or of one place, by their indices on that grid. */
export const voxelsOn = (points: ArrayLike<number>, spacing: Vec3 = [1, 1, 1]): Vec3[] =>
  Array.from({ length: points.length / 3 }, (_, i) => {
    const [x, y, z] = spacing.map((s, axis) => Math.round(points[3 * i + axis] / s));
    return [x, y, z];
  });
