import type { Components } from '../../topology/components';
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
 * The runs of the components are sorted into cells, those of the largest only near others; cells are compared
 * from near to far, each pair of components only as long as a shorter gap is possible.
 *
 * @param dims [nx, ny, nz] of the mask
 * @param spacing mm
 * @param limit mm
 */
export function componentGaps(
  components: Components,
  dims: Vec3,
  spacing: Vec3,
  limit: number,
): ComponentGap[] {
  const grid = cellGrid(dims, spacing, limit);
  const cells = sortIntoCells(components, grid);
  const best = new Map<number, ComponentGap>();
  for (const [cell, groups] of cells)
    for (const group of groups) {
      if (group.component === 1) continue; // every pair is looked at from its smaller component
      for (const { offset, nearest } of grid.steps)
        for (const target of cells.get(cell + offset) ?? []) {
          if (target.component >= group.component) continue;
          const key = group.component * 2 ** 26 + target.component;
          const known = best.get(key)?.distance ?? Infinity;
          if (nearest >= known) continue;
          const gap = nearestPair(group, target, spacing, Math.min(known, limit));
          if (gap) best.set(key, gap);
        }
    }
  return [...best.values()];
}

/** Cells of `size` voxels with a margin of `reach` cells on all sides; a cell is a linear index, x fastest. */
interface CellGrid {
  readonly size: Vec3;
  readonly reach: Vec3;
  readonly counts: Vec3;
  /** Steps to the cells that can hold voxels within the limit, with the least gap possible, nearest first. */
  readonly steps: readonly { readonly offset: number; readonly nearest: number }[];
}

function cellGrid(dims: Vec3, spacing: Vec3, limit: number): CellGrid {
  const along = (of: (axis: number) => number): Vec3 => [of(0), of(1), of(2)];
  const size = along((axis) => Math.max(1, Math.round(limit / CELLS_PER_LIMIT / spacing[axis])));
  const reach = along((axis) => Math.ceil(limit / (size[axis] * spacing[axis])) + 1);
  const counts = along((axis) => Math.ceil(dims[axis] / size[axis]) + 2 * reach[axis]);
  const apart = (step: number, axis: number) =>
    Math.max(0, Math.abs(step) - 1) * size[axis] * spacing[axis];
  const steps: { offset: number; nearest: number }[] = [];
  for (let z = -reach[2]; z <= reach[2]; z++)
    for (let y = -reach[1]; y <= reach[1]; y++)
      for (let x = -reach[0]; x <= reach[0]; x++) {
        const nearest = Math.hypot(apart(x, 0), apart(y, 1), apart(z, 2));
        if (nearest <= limit) steps.push({ offset: (z * counts[1] + y) * counts[0] + x, nearest });
      }
  return { size, reach, counts, steps: steps.sort((a, b) => a.nearest - b.nearest) };
}

/** Runs of one component in one cell: first x, last x, y, z, first x … */
interface Group {
  readonly component: number;
  readonly runs: number[];
}

function sortIntoCells(components: Components, grid: CellGrid): Map<number, Group[]> {
  const { size, reach, counts } = grid;
  const cells = new Map<number, Group[]>();
  const add = (wanted: (component: number, cell: number) => boolean) =>
    components.eachRun((component, from, to, y, z) => {
      const line =
        ((Math.floor(z / size[2]) + reach[2]) * counts[1] + Math.floor(y / size[1]) + reach[1]) *
          counts[0] +
        reach[0];
      for (let x = from; x < to;) {
        const column = Math.floor(x / size[0]);
        const next = Math.min(to, (column + 1) * size[0]);
        if (wanted(component, line + column))
          groupOf(cells, line + column, component).runs.push(x, next - 1, y, z);
        x = next;
      }
    });
  add((component) => component > 1);
  const near = spread(cells.keys(), grid);
  add((component, cell) => component === 1 && near[cell] === 1);
  return cells;
}

function groupOf(cells: Map<number, Group[]>, cell: number, component: number): Group {
  const groups = cells.get(cell);
  const known = groups?.find((group) => group.component === component);
  if (known) return known;
  const group = { component, runs: [] };
  if (groups) groups.push(group);
  else cells.set(cell, [group]);
  return group;
}

/** 1 for each cell that is no more than `reach` away from one of some cells along every axis. */
function spread(seeds: Iterable<number>, { counts, reach }: CellGrid): Uint8Array {
  let marked = new Uint8Array(counts[0] * counts[1] * counts[2]);
  for (const seed of seeds) marked[seed] = 1;
  const strides = [1, counts[0], counts[0] * counts[1]];
  for (const [axis, stride] of strides.entries()) {
    const wider = new Uint8Array(marked.length);
    for (let cell = marked.indexOf(1); cell >= 0; cell = marked.indexOf(1, cell + 1))
      for (let step = -reach[axis]; step <= reach[axis]; step++) wider[cell + step * stride] = 1;
    marked = wider;
  }
  return marked;
}

/** The nearest voxels of two groups, if they are nearer than `below` (or as near as the limit itself). */
function nearestPair(
  { component: a, runs: from }: Group,
  { component: b, runs: to }: Group,
  [sx, sy, sz]: Vec3,
  below: number,
): ComponentGap | undefined {
  let least2 = below * below * (1 + 1e-12);
  let [atA, atB] = [-1, -1];
  for (let i = 0; i < from.length; i += 4)
    for (let j = 0; j < to.length; j += 4) {
      const dx = Math.max(0, from[i] - to[j + 1] - 1, to[j] - from[i + 1] - 1) * sx;
      const dy = Math.max(0, Math.abs(from[i + 2] - to[j + 2]) - 1) * sy;
      const dz = Math.max(0, Math.abs(from[i + 3] - to[j + 3]) - 1) * sz;
      const distance2 = dx * dx + dy * dy + dz * dz;
      if (distance2 >= least2) continue;
      [least2, atA, atB] = [distance2, i, j];
    }
  if (atA < 0) return undefined;
  // Where the runs lie beside each other, their first common x.
  const x = Math.max(from[atA], to[atB]);
  return {
    a,
    b,
    distance: Math.sqrt(least2),
    atA: [Math.min(x, from[atA + 1]), from[atA + 2], from[atA + 3]],
    atB: [Math.min(x, to[atB + 1]), to[atB + 2], to[atB + 3]],
  };
}
