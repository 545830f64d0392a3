import type { CenterlineBranch, CenterlineGraph } from '../../centerline/graph';
import { UnionFind } from '../../topology/unionFind';
import { worldToIndex, type Geometry, type Vec3 } from '../../volume/geometry';
import { FINDING_LIMITS, SEVERITY, type Draft } from './limits';

/** Consecutive points of a branch. */
interface Run {
  readonly branch: CenterlineBranch;
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/**
 * Connected stretches of centerline that run outside a mask, longest first, each told at the middle of its
 * longest piece, with its length over all its branches in mm. Of a reference they are `missed` by the mask;
 * of the mask's own centerlines they are `extra` to the reference.
 *
 * @param graph centerlines on the mask's grid
 * @param inside any value but 0 is inside; x fastest
 */
export function stretchesOutside(
  kind: 'missed' | 'extra',
  graph: CenterlineGraph,
  inside: Uint8Array,
  geometry: Geometry,
): Draft[] {
  const runs = graph.branches.flatMap((branch) => runsOutside(branch, inside, geometry));
  // Runs that reach the same node are one stretch: sets over nodes (ids) and runs behind them.
  const sets = new UnionFind(graph.nodes.length + 1 + runs.length);
  const setOf = (run: number) => graph.nodes.length + 1 + run;
  runs.forEach(({ branch, first, last }, run) => {
    if (first === 0) sets.union(setOf(run), branch.from);
    if (last === branch.radii.length - 1) sets.union(setOf(run), branch.to);
  });
  const stretches = new Map<number, Run[]>();
  runs.forEach((run, r) => {
    const root = sets.find(setOf(r));
    stretches.set(root, [...(stretches.get(root) ?? []), run]);
  });
  return [...stretches.values()]
    .map((pieces) => {
      const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a));
      const value = pieces.reduce((sum, { length }) => sum + length, 0);
      return { value, diameter: meanDiameter(longest), position: middleOf(longest) };
    })
    .filter(
      ({ value, diameter }) =>
        value >= FINDING_LIMITS.stretchLength &&
        value >= FINDING_LIMITS.stretchDiameters * diameter,
    )
    .sort((a, b) => b.value - a.value)
    .map(({ value, position }) => ({
      kind,
      severity: SEVERITY[kind],
      position,
      value,
      unit: 'mm',
    }));
}

function runsOutside(branch: CenterlineBranch, inside: Uint8Array, geometry: Geometry): Run[] {
  const runs: Run[] = [];
  const count = branch.radii.length;
  for (let i = 0; i < count; i++) {
    if (isInside(pointOf(branch, i), inside, geometry)) continue;
    const first = i;
    while (i + 1 < count && !isInside(pointOf(branch, i + 1), inside, geometry)) i++;
    runs.push({ branch, first, last: i, length: lengthOf(branch, first, i) });
  }
  return runs;
}

function isInside(point: Vec3, inside: Uint8Array, geometry: Geometry): boolean {
  const [nx, ny, nz] = geometry.dims;
  const [x, y, z] = worldToIndex(geometry, point).map(Math.round);
  const isOnGrid = x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz;
  return isOnGrid && inside[(z * ny + y) * nx + x] !== 0;
}

const pointOf = ({ points }: CenterlineBranch, i: number): Vec3 => [
  points[3 * i],
  points[3 * i + 1],
  points[3 * i + 2],
];

const step = (branch: CenterlineBranch, i: number): number => {
  const [a, b] = [pointOf(branch, i - 1), pointOf(branch, i)];
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
};

/** Length between two points of a branch, and half of the steps beyond: there the mask's border is crossed. */
function lengthOf(branch: CenterlineBranch, first: number, last: number): number {
  let length = 0;
  for (let i = first + 1; i <= last; i++) length += step(branch, i);
  if (first > 0) length += step(branch, first) / 2;
  if (last < branch.radii.length - 1) length += step(branch, last + 1) / 2;
  return length;
}

const middleOf = ({ branch, first, last }: Run): Vec3 =>
  pointOf(branch, Math.floor((first + last) / 2));

function meanDiameter({ branch, first, last }: Run): number {
  const radii = branch.radii.subarray(first, last + 1);
  return (2 * radii.reduce((sum, r) => sum + r, 0)) / radii.length;
}
