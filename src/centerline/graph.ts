import type { Vec3 } from '../volume/geometry';

/** A point where the centerline ends, splits, or stands alone. */
export interface CenterlineNode {
  /** From 1, by component and place; node n is `nodes[n − 1]`. */
  readonly id: number;
  readonly kind: 'end' | 'bifurcation' | 'isolated' | 'loop';
  /** LPS mm. */
  readonly position: Vec3;
  /** Number of branch ends that meet here. */
  readonly degree: number;
  /** 26-connected component of the mask, from 1, largest first. */
  readonly component: number;
}

/** A stretch of centerline between two nodes. */
export interface CenterlineBranch {
  /** From 1, by component, then longest first; branch n is `branches[n − 1]`. */
  readonly id: number;
  /** Ids of the nodes at the first and the last point; the same for a loop. */
  readonly from: number;
  readonly to: number;
  readonly component: number;
  /** Points from node to node: x, y, z, x, y, z … in LPS mm. */
  readonly points: Float32Array;
  /** Radius of the largest inscribed sphere at each point, mm. */
  readonly radii: Float32Array;
  /** Length along the smoothed points, mm. */
  readonly length: number;
  /** mm; weighted by length, nodes' own surroundings left out, as for the two below. */
  readonly meanDiameter: number;
  readonly minDiameter: number;
  readonly maxDiameter: number;
  /** Index of the point with the smallest diameter, nodes' own surroundings left out. */
  readonly narrowest: number;
}

/** Centerlines of a mask: plain data, transferable between threads. */
export interface CenterlineGraph {
  readonly nodes: readonly CenterlineNode[];
  readonly branches: readonly CenterlineBranch[];
  /** Sum of the branches' lengths, mm. */
  readonly totalLength: number;
}
