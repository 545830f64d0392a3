import type { CenterlineBranch, CenterlineGraph } from '../centerline/graph';
import { nearestBranch } from '../centerline/nearest';
import type { Vec3 } from '../volume/geometry';

/** What the probe tells at a point of a centerline. */
export interface ProbeReading {
  readonly branch: CenterlineBranch;
  /** Point of the centerline, LPS mm. */
  readonly position: Vec3;
  /** Of the largest inscribed sphere at the point, mm. */
  readonly diameter: number;
}

/** The reading at one of a branch's points. */
export const readingAt = (branch: CenterlineBranch, point: number): ProbeReading => ({
  branch,
  position: [branch.points[3 * point], branch.points[3 * point + 1], branch.points[3 * point + 2]],
  diameter: 2 * branch.radii[point],
});

/**
 * The reading of the vessel at a place.
 * @param position LPS mm
 * @param tolerance how far outside the vessel's wall the place may be, mm
 * @returns undefined where no vessel is near
 */
export function readingNear(
  graph: CenterlineGraph,
  position: Vec3,
  tolerance: number,
): ProbeReading | undefined {
  const found = nearestBranch(graph, position);
  if (!found || found.distance > found.branch.radii[found.point] + tolerance) return undefined;
  return readingAt(found.branch, found.point);
}

/** The name of a branch wherever one is shown. */
export const branchName = ({ id }: Pick<CenterlineBranch, 'id'>): string => `Branch ${id}`;

/** Two lines for the cursor: name and local diameter. */
export const readingText = ({ branch, diameter }: ProbeReading): string[] => [
  branchName(branch),
  `⌀ ${diameter.toFixed(1)} mm`,
];
