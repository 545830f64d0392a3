import type { ComponentLabels } from '../../topology/components';
import type { Vec3 } from '../../volume/geometry';

/** The shortest way between two components. */
export interface ComponentGap {
  /** Components from 1; a > b. */
  readonly a: number;
  readonly b: number;
  /** Between the faces of the voxels, mm. */
  readonly distance: number;
  /** The voxels at its ends, index coordinates. */
  readonly atA: Vec3;
  readonly atB: Vec3;
}

/** Cells along the limit: few enough to look at all around a cell, small enough to compare two of them. */
const CELLS_PER_LIMIT = 4;

/**
 * Exact gaps between the components of a mask, for each pair that is no farther apart than a limit: distance
 * between the closed voxel boxes, so one empty voxel along x is a gap of spacing[0].
 *
 * Surface voxels are sorted into cells; cells are compared from near to far, each pair of components only as
 * long as a shorter gap is possible.
 *
 * @param labels component of each voxel, 0 = background, 1 = the largest; x fastest
 * @param spacing mm
 * @param limit mm
 */
export function componentGaps(
  labels: ComponentLabels,
  dims: Vec3,
  spacing: Vec3,
  limit: number,
): ComponentGap[] {
  const size = spacing.map((s) => Math.max(1, Math.round(limit / CELLS_PER_LIMIT / s)));
  const cells = surfaceCells(labels, dims, size);
  const steps = cellSteps(size, spacing, limit);
  const best = new Map<number, ComponentGap>();
  for (const cell of cells.values())
    for (const group of cell.groups.values()) {
      if (group.label === 1) continue; // every pair is looked at from its smaller component
      for (const { x, y, z, nearest } of steps) {
        const other = cells.get(cellKey(cell.x + x, cell.y + y, cell.z + z));
        for (const target of other?.groups.values() ?? []) {
          if (target.label >= group.label) continue;
          const key = group.label * 2 ** 26 + target.label;
          const known = best.get(key)?.distance ?? Infinity;
          if (nearest >= known) continue;
          const gap = nearestPair(group, target, spacing, Math.min(known, limit));
          if (gap) best.set(key, gap);
        }
      }
    }
  return [...best.values()];
}

/** Surface voxels of one component in one cell: x, y, z, x, y, z … */
interface Group {
  readonly label: number;
  readonly voxels: number[];
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly groups: Map<number, Group>;
}

/** One number per cell, also for cells a few steps outside of the volume. */
const cellKey = (x: number, y: number, z: number): number =>
  ((z + 16) * 2 ** 17 + (y + 16)) * 2 ** 17 + (x + 16);

/** Foreground voxels with a background voxel on one of their six sides, by cell and component. */
function surfaceCells(
  labels: ComponentLabels,
  dims: Vec3,
  size: readonly number[],
): Map<number, Cell> {
  const [nx, ny, nz] = dims;
  const cells = new Map<number, Cell>();
  const isBare = (i: number, x: number, y: number, z: number) =>
    (x > 0 && labels[i - 1] === 0) ||
    (x < nx - 1 && labels[i + 1] === 0) ||
    (y > 0 && labels[i - nx] === 0) ||
    (y < ny - 1 && labels[i + nx] === 0) ||
    (z > 0 && labels[i - nx * ny] === 0) ||
    (z < nz - 1 && labels[i + nx * ny] === 0);
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const label = labels[i];
        if (label === 0 || !isBare(i, x, y, z)) continue;
        const at = [x, y, z].map((v, axis) => Math.floor(v / size[axis]));
        const key = cellKey(at[0], at[1], at[2]);
        let cell = cells.get(key);
        if (!cell) cells.set(key, (cell = { x: at[0], y: at[1], z: at[2], groups: new Map() }));
        let group = cell.groups.get(label);
        if (!group) cell.groups.set(label, (group = { label, voxels: [] }));
        group.voxels.push(x, y, z);
      }
  return cells;
}

/** Steps between cells that can hold voxels within the limit, with the least gap possible, nearest first. */
function cellSteps(size: readonly number[], spacing: Vec3, limit: number) {
  const reach = size.map((n, axis) => Math.ceil(limit / (n * spacing[axis])) + 1);
  const apart = (step: number, axis: number) =>
    Math.max(0, Math.abs(step) - 1) * size[axis] * spacing[axis];
  const steps: { x: number; y: number; z: number; nearest: number }[] = [];
  for (let z = -reach[2]; z <= reach[2]; z++)
    for (let y = -reach[1]; y <= reach[1]; y++)
      for (let x = -reach[0]; x <= reach[0]; x++) {
        const nearest = Math.hypot(apart(x, 0), apart(y, 1), apart(z, 2));
        if (nearest <= limit) steps.push({ x, y, z, nearest });
      }
  return steps.sort((a, b) => a.nearest - b.nearest);
}

/** The nearest voxels of two groups, if they are nearer than `below` (or as near as the limit itself). */
function nearestPair(
  { label: a, voxels: from }: Group,
  { label: b, voxels: to }: Group,
  [sx, sy, sz]: Vec3,
  below: number,
): ComponentGap | undefined {
  let least2 = below * below * (1 + 1e-12);
  let [atA, atB] = [-1, -1];
  for (let i = 0; i < from.length; i += 3)
    for (let j = 0; j < to.length; j += 3) {
      const dx = Math.max(0, Math.abs(from[i] - to[j]) - 1) * sx;
      const dy = Math.max(0, Math.abs(from[i + 1] - to[j + 1]) - 1) * sy;
      const dz = Math.max(0, Math.abs(from[i + 2] - to[j + 2]) - 1) * sz;
      const distance2 = dx * dx + dy * dy + dz * dz;
      if (distance2 >= least2) continue;
      [least2, atA, atB] = [distance2, i, j];
    }
  if (atA < 0) return undefined;
  return {
    a,
    b,
    distance: Math.sqrt(least2),
    atA: [from[atA], from[atA + 1], from[atA + 2]],
    atB: [to[atB], to[atB + 1], to[atB + 2]],
  };
}
