import type { CenterlineBranch } from '../centerline/graph';
import type { Vec3 } from '../volume/geometry';

/** What the probe tells at a point of a centerline. */
export interface ProbeReading {
  readonly branch: CenterlineBranch;
  /** Point of the centerline, LPS mm. */
  readonly position: Vec3;
  /** Of the largest inscribed sphere at the point, mm. */
  readonly diameter: number;
}

/** The name of a branch wherever one is shown. */
export const branchName = ({ id }: Pick<CenterlineBranch, 'id'>): string => `Branch ${id}`;

/** Two lines for the cursor: name and local diameter. */
export const readingText = ({ branch, diameter }: ProbeReading): string[] => [
  branchName(branch),
  `⌀ ${diameter.toFixed(1)} mm`,
];
