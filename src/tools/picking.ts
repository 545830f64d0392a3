import { worldToIndex, type Geometry, type Vec3 } from '../volume/geometry';

/** A half-line or line in LPS mm; `direction` need not be a unit vector. */
export interface Ray {
  readonly origin: Vec3;
  readonly direction: Vec3;
}

/** The voxel whose cell holds a point (LPS mm), or undefined outside the grid. */
export function voxelAt(geometry: Geometry, world: Vec3): Vec3 | undefined {
  const [i, j, k] = worldToIndex(geometry, world).map(Math.round) as [number, number, number];
  const [nx, ny, nz] = geometry.dims;
  return i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz ? [i, j, k] : undefined;
}

/** Where a line enters and leaves the box of the grid's cells, as multiples of its direction. */
function span(dims: Vec3, origin: Vec3, direction: Vec3): readonly [number, number] | undefined {
  let [near, far] = [-Infinity, Infinity];
  for (let axis = 0; axis < 3; axis++) {
    const [low, high] = [-0.5, dims[axis] - 0.5];
    const [from, along] = [origin[axis], direction[axis]];
    if (along === 0) {
      if (from < low || from > high) return undefined;
      continue;
    }
    const [a, b] = [(low - from) / along, (high - from) / along];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far ? [near, far] : undefined;
}

/**
 * The first voxel along a ray that satisfies a test: every cell that the ray passes is visited once, in order
 * (Amanatides and Woo, A Fast Voxel Traversal Algorithm for Ray Tracing, Eurographics 1987).
 * @param hit told voxel indices inside the grid
 * @param ray LPS mm; starts at its origin unless `whole`, then the line behind the origin counts too
 */
export function firstVoxelAlong(
  geometry: Geometry,
  ray: Ray,
  hit: (voxel: Vec3) => boolean,
  whole = false,
): Vec3 | undefined {
  const { dims } = geometry;
  const origin = worldToIndex(geometry, ray.origin);
  const tip = worldToIndex(geometry, [
    ray.origin[0] + ray.direction[0],
    ray.origin[1] + ray.direction[1],
    ray.origin[2] + ray.direction[2],
  ]);
  const direction: Vec3 = [tip[0] - origin[0], tip[1] - origin[1], tip[2] - origin[2]];
  const inside = span(dims, origin, direction);
  if (!inside) return undefined;
  const start = whole ? inside[0] : Math.max(0, inside[0]);
  if (start > inside[1]) return undefined;

  const voxel: [number, number, number] = [0, 0, 0];
  const step = direction.map(Math.sign);
  const next: number[] = [];
  const delta: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const at = origin[axis] + start * direction[axis];
    voxel[axis] = Math.min(dims[axis] - 1, Math.max(0, Math.round(at)));
    delta[axis] = Math.abs(1 / direction[axis]);
    const wall = voxel[axis] + step[axis] / 2;
    next[axis] = step[axis] === 0 ? Infinity : (wall - origin[axis]) / direction[axis];
  }
  for (;;) {
    if (hit([...voxel])) return voxel;
    const axis = next[0] <= next[1] ? (next[0] <= next[2] ? 0 : 2) : next[1] <= next[2] ? 1 : 2;
    voxel[axis] += step[axis];
    if (voxel[axis] < 0 || voxel[axis] >= dims[axis]) return undefined;
    next[axis] += delta[axis];
  }
}
