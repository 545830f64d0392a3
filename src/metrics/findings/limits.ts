import type { Finding, FindingKind } from '../report';

/** A finding before it has its number in a report. */
export type Draft = Omit<Finding, 'id'>;

/** From which size on something is told; lengths that grow with the vessel are told in its own measures. */
export const FINDING_LIMITS = Object.freeze({
  /** A component is an island below this share of the largest component's volume. */
  islandShare: 0.05,
  /** A gap is no longer than this many diameters of the thinner vessel beside it … */
  gapDiameters: 3,
  /** … and than this, mm. */
  gapLength: 10,
  /** A terminal branch is a spur below this many radii of the vessel that it leaves, from that vessel's middle. */
  spurRadii: 1.5,
  /** Components, loops and cavities of two masks up to which their differences are located: beyond, it is noise. */
  locatable: 50_000,
  /** A missed or false branch is at least this many of its own diameters long … */
  stretchDiameters: 1,
  /** … and this, mm. */
  stretchLength: 2,
});

/** Kinds in the order in which a report lists them; a warning is a likely mistake of the mask. */
export const SEVERITY: Readonly<Record<FindingKind, Finding['severity']>> = Object.freeze({
  gap: 'warning',
  island: 'warning',
  cavity: 'warning',
  loop: 'info',
  spur: 'info',
  split: 'warning',
  merge: 'warning',
  falseComponent: 'warning',
  missedComponent: 'warning',
  falseLoop: 'warning',
  missingLoop: 'warning',
  falseCavity: 'warning',
  missingCavity: 'warning',
  missedBranch: 'warning',
  falseBranch: 'warning',
});
