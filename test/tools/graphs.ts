import type { CenterlineBranch, CenterlineGraph } from '@vessels/centerline/graph';

/** A branch with points x, y, z … and one radius, mm; what the tools don't read is left at 0. */
export function branch(id: number, points: readonly number[], radius = 1): CenterlineBranch {
  return {
    id,
    from: 0,
    to: 0,
    component: 1,
    points: Float32Array.from(points),
    radii: new Float32Array(points.length / 3).fill(radius),
    length: 0,
    meanDiameter: 2 * radius,
    minDiameter: 2 * radius,
    maxDiameter: 2 * radius,
    narrowest: 0,
  };
}

export const graphOf = (...branches: CenterlineBranch[]): CenterlineGraph => ({
  nodes: [],
  branches,
  totalLength: 0,
});
