import type { Vec3 } from '../../volume/geometry';

interface Located {
  /** Where to look: LPS mm. */
  readonly position: Vec3;
}

/** A line on voxel centres: x, y, z, x, y, z … in LPS mm. */
export type Polyline = Float32Array;

/**
 * `split`: two components of the prediction lie on one of the reference; `merge`: one component of the
 * prediction joins two of the reference.
 */
export interface ConnectionError extends Located {
  readonly kind: 'split' | 'merge';
  /** Length of the gap (or bridge) along the centerline, between the faces of the voxels, mm. */
  readonly length: number;
  /** Over the gap (or bridge); its end points lie in the two parts. `position` is its middle. */
  readonly points: Polyline;
}

/** `falseComponent`: it shares no voxel with the reference; `missedComponent`: none with the prediction. */
export interface ComponentError extends Located {
  readonly kind: 'falseComponent' | 'missedComponent';
  readonly voxels: number;
  /** mm³. */
  readonly volume: number;
}

/**
 * `falseLoop`: a loop of the prediction that the reference lacks; `missingLoop`: one of the reference that the
 * prediction lacks.
 */
export interface LoopError extends Located {
  readonly kind: 'falseLoop' | 'missingLoop';
  /**
   * `closed`: the mask that has the loop closes it with voxels that the other lacks (a false bridge, or a gap);
   * `filled`: the other mask fills it with voxels of its own (a hole in the prediction, or a hole filled by it).
   */
  readonly cause: 'closed' | 'filled';
  /** Length around, mm. */
  readonly length: number;
  /**
   * Once around on the skeleton of the mask that has the loop, the first point not repeated (of a filled loop
   * far from the skeleton: on voxels of that mask around what fills it). `position` is the middle of the longest
   * stretch outside the other mask, or the middle of what fills the loop.
   */
  readonly points: Polyline;
}

/** A cavity of one mask without a counterpart in the other. */
export interface CavityError extends Located {
  readonly kind: 'falseCavity' | 'missingCavity';
  readonly voxels: number;
  /** mm³. */
  readonly volume: number;
}

/**
 * `missedBranch`: a stretch of the reference's skeleton outside the prediction; `falseBranch`: a stretch of the
 * prediction's outside the reference. Only stretches that no other error of the list tells.
 */
export interface BranchError extends Located {
  readonly kind: 'missedBranch' | 'falseBranch';
  /** Along the skeleton, mm. */
  readonly length: number;
  /** Mean radius of the vessel along it, mm. */
  readonly radius: number;
  /** From where it leaves the other mask to its tip. */
  readonly points: Polyline;
}

export type TopologyError =
  ConnectionError | ComponentError | LoopError | CavityError | BranchError;

export type TopologyErrorKind = TopologyError['kind'];
