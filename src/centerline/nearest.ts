import type { Vec3 } from '../volume/geometry';
import type { CenterlineBranch, CenterlineGraph } from './graph';

/** A point of a centerline near a place. */
export interface NearestBranch {
  readonly branch: CenterlineBranch;
  /** Number of the point in the branch: `points[3 · point …]`, `radii[point]`. */
  readonly point: number;
  /** From the place to that point, mm. */
  readonly distance: number;
}

/**
 * The branch whose vessel holds a place, or comes nearest to it, and the point of its centerline there.
 *
 * What counts is the distance to the wall (distance to the point less its radius), so a thin branch that runs
 * beside a wide vessel wins only outside of the wide one. Branches are told apart by bounding boxes, made once
 * per graph; fit for every move of the mouse.
 *
 * @param position LPS mm
 * @returns undefined where the graph has no branch
 */
export function nearestBranch(
  { branches }: Pick<CenterlineGraph, 'branches'>,
  position: Vec3,
): NearestBranch | undefined {
  const boxes = boxesOf(branches);
  const bounds = Float64Array.from(boxes, (box) => wallBound(box, position));
  const likely = bounds.indexOf(Math.min(...bounds));
  let best = Infinity;
  let found: NearestBranch | undefined;
  const look = (branch: CenterlineBranch) => {
    for (let point = 0; point < branch.radii.length; point++) {
      const distance = Math.hypot(
        branch.points[3 * point] - position[0],
        branch.points[3 * point + 1] - position[1],
        branch.points[3 * point + 2] - position[2],
      );
      const toWall = distance - branch.radii[point];
      if (toWall >= best) continue;
      best = toWall;
      found = { branch, point, distance };
    }
  };
  if (likely >= 0) look(branches[likely]);
  branches.forEach((branch, b) => {
    if (b !== likely && bounds[b] < best) look(branch);
  });
  return found;
}

/** Corners of the box round a branch's points, and its largest radius. */
interface Box {
  readonly least: Vec3;
  readonly greatest: Vec3;
  readonly radius: number;
}

const known = new WeakMap<readonly CenterlineBranch[], readonly Box[]>();

function boxesOf(branches: readonly CenterlineBranch[]): readonly Box[] {
  let boxes = known.get(branches);
  if (!boxes) {
    boxes = branches.map(boxOf);
    known.set(branches, boxes);
  }
  return boxes;
}

function boxOf({ points, radii }: CenterlineBranch): Box {
  const least: [number, number, number] = [Infinity, Infinity, Infinity];
  const greatest: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  points.forEach((value, i) => {
    least[i % 3] = Math.min(least[i % 3], value);
    greatest[i % 3] = Math.max(greatest[i % 3], value);
  });
  return { least, greatest, radius: radii.reduce((a, b) => Math.max(a, b), 0) };
}

/** A lower bound of the distance to the wall of what lies in a box. */
function wallBound({ least, greatest, radius }: Box, position: Vec3): number {
  const outside = (axis: number) =>
    Math.max(least[axis] - position[axis], 0, position[axis] - greatest[axis]);
  return Math.hypot(outside(0), outside(1), outside(2)) - radius;
}
