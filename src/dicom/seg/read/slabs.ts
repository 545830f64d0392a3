import { type Geometry, indexToWorld, type Vec3, worldToIndex } from '../../../volume/geometry';
import { along, dot } from '../../vectors';
import type { Plane, Planes } from './planes';

/** Voxels of a grid that a plane covers, and where each lies in the plane. */
export interface Slab {
  /** Linear indices of the voxels. */
  readonly voxels: Int32Array;
  /** Column and row in the plane, in pixels. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** Distance above the plane, in slices: −1..1. */
  readonly w: Float64Array;
}

/** How far a plane reaches, mm: below it and above it. */
export interface Reach {
  readonly below: number;
  readonly above: number;
}

/** Steps of a grid's row in the coordinates of a plane: how column, row and height change from voxel to voxel. */
type Line = readonly [number, number, number];

const RIM = 1;

/** Added to pixels and millimetres where they are compared: halfway is up for every plane, however it was computed. */
export const HALFWAY = 1e-6;

/** Voxels of a row for which `start + i·step` lies in [low, high], and one more on each side: the caller looks closer. */
function within(start: number, step: number, low: number, high: number): [number, number] {
  if (Math.abs(step) < 1e-12)
    return start >= low && start <= high ? [-Infinity, Infinity] : [0, -1];
  const [a, b] = [(low - start) / step, (high - start) / step];
  return [Math.floor(Math.min(a, b)) - RIM, Math.ceil(Math.max(a, b)) + RIM];
}

/** The box that holds a plane and its reach, in voxels of the grid. @param margin pixels beyond the outer centres */
function boxOf(
  geometry: Geometry,
  { axes, pixelSpacing }: Planes,
  { position }: Plane,
  { below, above }: Reach,
  [columns, rows]: readonly [number, number],
  margin: number,
): [low: Vec3, high: Vec3] {
  const corners = [-margin, columns - 1 + margin].flatMap((u) =>
    [-margin, rows - 1 + margin].flatMap((v) =>
      [-below, above].map((height) => {
        const inRow = along(position, u * pixelSpacing[0], axes[0]);
        const inPlane = along(inRow, v * pixelSpacing[1], axes[1]);
        return worldToIndex(geometry, along(inPlane, height, axes[2]));
      }),
    ),
  );
  const bound = (which: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => which(...corners.map((corner) => corner[axis]!))) as unknown as Vec3;
  return [bound(Math.min), bound(Math.max)];
}

/** Whether a plane and its reach may hold a voxel of a grid. */
export function touches(
  geometry: Geometry,
  planes: Planes,
  plane: Plane,
  reach: Reach,
  size: readonly [number, number],
): boolean {
  const [low, high] = boxOf(geometry, planes, plane, reach, size, 0.5);
  return geometry.dims.every((n, axis) => high[axis]! > 0 && low[axis]! <= n - 1);
}

/**
 * The voxels of a grid whose centres lie over a plane: at most `margin` pixels beyond the centres of its outer pixels,
 * and from `below` under it up to, not including, `above` over it.
 *
 * @param size columns and rows of the plane
 */
export function slabOf(
  geometry: Geometry,
  planes: Planes,
  plane: Plane,
  reach: Reach,
  size: readonly [number, number],
  margin: number,
): Slab {
  const { axes, pixelSpacing, step } = planes;
  const { below, above } = reach;
  const [nx, ny] = geometry.dims;
  const units = [pixelSpacing[0], pixelSpacing[1], 1] as const;
  const inPlane = (point: Vec3): Line => {
    const offset = along(point, -1, plane.position);
    return axes.map((axis, i) => dot(offset, axis) / units[i]!) as unknown as Line;
  };
  const origin = inPlane(geometry.origin);
  const stepX = inPlane(indexToWorld(geometry, [1, 0, 0])).map((c, i) => c - origin[i]!);
  const [du, dv, dh] = stepX as unknown as Line;
  const [low, high] = boxOf(geometry, planes, plane, reach, size, margin);
  const first = (axis: 1 | 2) => Math.max(0, Math.floor(low[axis]));
  const last = (axis: 1 | 2) => Math.min(geometry.dims[axis] - 1, Math.ceil(high[axis]));
  const [uEnd, vEnd] = [size[0] - 1 + margin, size[1] - 1 + margin];

  const voxels: number[] = [];
  const places: number[] = [];
  for (let k = first(2); k <= last(2); k++)
    for (let j = first(1); j <= last(1); j++) {
      const [u0, v0, h0] = inPlane(indexToWorld(geometry, [0, j, k]));
      const ranges = [
        within(u0, du, -margin, uEnd),
        within(v0, dv, -margin, vEnd),
        within(h0, dh, -below, above),
      ];
      const from = Math.max(0, ...ranges.map(([start]) => start));
      const to = Math.min(nx - 1, ...ranges.map(([, end]) => end));
      for (let i = from; i <= to; i++) {
        const [u, v, h] = [u0 + i * du, v0 + i * dv, h0 + i * dh];
        const isInRow = u + HALFWAY >= -margin && u + HALFWAY < uEnd;
        const isInColumn = v + HALFWAY >= -margin && v + HALFWAY < vEnd;
        const isInReach = h + HALFWAY >= -below && h + HALFWAY < above;
        if (!(isInRow && isInColumn && isInReach)) continue;
        voxels.push(i + nx * (j + ny * k));
        places.push(u, v, h / step);
      }
    }
  const column = (c: number) => Float64Array.from(voxels, (_, n) => places[3 * n + c]!);
  return { voxels: Int32Array.from(voxels), u: column(0), v: column(1), w: column(2) };
}
