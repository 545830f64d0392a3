import type { STENOSIS_METHOD } from './concepts';

/** Narrowing of a lumen, measured by one of the methods of CID 3804. */
export interface Stenosis {
  /** At most 100; below 0 where the narrowest place is wider than its reference. */
  readonly percent: number;
  /** `area` compares areas of the lumen, the others diameters. */
  readonly method: keyof typeof STENOSIS_METHOD;
}

/** What is measured of one branch; a branch of a centerline graph has it all but the segment. */
export interface BranchMeasurements {
  /** Number of the segment in which the branch runs. */
  readonly segment: number;
  /** The centerline: x, y, z, x, y, z … in LPS mm. */
  readonly points: Float32Array;
  /** Along the smoothed centerline, mm. */
  readonly length: number;
  /** Of the largest inscribed spheres, mm; the mean is weighted by length. */
  readonly minDiameter: number;
  readonly meanDiameter: number;
  readonly maxDiameter: number;
  /** Index of the point with the smallest diameter. */
  readonly narrowest?: number;
  /** Only when it was measured. */
  readonly stenosis?: Stenosis;
}

/** What quality control says of the mask. */
export interface TopologyQc {
  /** Components, loops and cavities. */
  readonly betti: { readonly b0: number; readonly b1: number; readonly b2: number };
  /** How many places a reader should look at. */
  readonly findings: number;
  readonly verdict: 'pass' | 'review' | 'empty';
}

/**
 * Length of a path by the distance of its ends: 1 when straight.
 *
 * @param points x, y, z, x, y, z …
 * @param length of the path, in the unit of the points
 * @returns undefined when the ends meet
 */
export function tortuosityOf(points: Float32Array, length: number): number | undefined {
  const last = points.length - 3;
  const distance = Math.hypot(
    points[last]! - points[0]!,
    points[last + 1]! - points[1]!,
    points[last + 2]! - points[2]!,
  );
  return distance > 0 ? length / distance : undefined;
}
