import type { CenterlineBranch, CenterlineGraph } from '../centerline/graph';
import type { Vec3 } from '../volume/geometry';
import type { Projection } from './projection';

/** A 3-D view as far as picking needs it. */
export interface View {
  readonly project: Projection;
  /** Unit vector from the scene towards the viewer. */
  readonly towardsViewer: Vec3;
  /** Canvas pixels per mm. */
  readonly scale: number;
}

/** A point of a branch. */
export interface BranchPoint {
  readonly branch: CenterlineBranch;
  /** Which of the branch's points. */
  readonly index: number;
}

const pointOf = ({ points }: CenterlineBranch, index: number): Vec3 => [
  points[3 * index],
  points[3 * index + 1],
  points[3 * index + 2],
];

/**
 * The centerline point under the cursor of a 3-D view: of the points whose vessel (its radius, and some pixels more)
 * covers the cursor, the nearest to the viewer; on that branch, the point that is nearest on the screen.
 * @param canvas cursor, pixels
 * @param tolerance pixels
 */
export function branchPointUnder(
  graph: CenterlineGraph,
  { project, towardsViewer, scale }: View,
  canvas: readonly [number, number],
  tolerance: number,
): BranchPoint | undefined {
  let found: BranchPoint | undefined;
  let front = -Infinity;
  for (const branch of graph.branches) {
    let best: { index: number; distance: number } | undefined;
    let height = -Infinity;
    for (let index = 0; index < branch.radii.length; index++) {
      const point = pointOf(branch, index);
      const [x, y] = project(point);
      const distance = Math.hypot(x - canvas[0], y - canvas[1]);
      if (distance > branch.radii[index] * scale + tolerance) continue;
      if (!best || distance < best.distance) {
        best = { index, distance };
        height =
          point[0] * towardsViewer[0] + point[1] * towardsViewer[1] + point[2] * towardsViewer[2];
      }
    }
    if (best && height > front) [found, front] = [{ branch, index: best.index }, height];
  }
  return found;
}
