import type { Vec3 } from '../volume/geometry';

/** Maps LPS mm to canvas pixels. */
export type Projection = (world: Vec3) => readonly [number, number];

/** mm between the points at which a projection is sampled: long against its rounding, short against a patient. */
const STEP = 100;

/**
 * The same projection as a matrix product. A parallel projection is affine, so four of its values tell all others;
 * the viewport's own function costs microseconds per point.
 * @param project of a camera with parallel projection
 * @param near a point in view
 */
export function affineProjection(project: Projection, near: Vec3): Projection {
  const [x0, y0] = project(near);
  const columns = [0, 1, 2].map((axis) => {
    const moved = near.map((value, a) => (a === axis ? value + STEP : value)) as [
      number,
      number,
      number,
    ];
    const [x, y] = project(moved);
    return [(x - x0) / STEP, (y - y0) / STEP] as const;
  });
  const [[ax, ay], [bx, by], [cx, cy]] = columns as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  const tx = x0 - ax * near[0] - bx * near[1] - cx * near[2];
  const ty = y0 - ay * near[0] - by * near[1] - cy * near[2];
  return ([x, y, z]) => [ax * x + bx * y + cx * z + tx, ay * x + by * y + cy * z + ty];
}
