import type { CenterlineBranch, CenterlineGraph, CenterlineNode } from '@vessels/centerline/graph';
import type { Vec3 } from '@vessels/volume/geometry';

/** A straight branch between two nodes of a drawn graph, with one radius, mm. */
export interface DrawnBranch {
  readonly from: number;
  readonly to: number;
  readonly radius: number;
  /** Corners between the two nodes. */
  readonly via?: readonly Vec3[];
}

/** A graph drawn by hand: node n is at places[n − 1]; branches keep their order. */
export function graphOf(places: readonly Vec3[], drawn: readonly DrawnBranch[]): CenterlineGraph {
  const degreeOf = (id: number) =>
    drawn.flatMap(({ from, to }) => [from, to]).filter((end) => end === id).length;
  const kinds: readonly CenterlineNode['kind'][] = ['isolated', 'end', 'bifurcation'];
  const nodes = places.map((position, at): CenterlineNode => ({
    id: at + 1,
    kind: kinds[Math.min(degreeOf(at + 1), 2)],
    position,
    degree: degreeOf(at + 1),
    component: 1,
  }));
  const branches = drawn.map((branch, at) => straight(at + 1, branch, places));
  return { nodes, branches, totalLength: branches.reduce((sum, { length }) => sum + length, 0) };
}

function straight(
  id: number,
  { from, to, radius, via = [] }: DrawnBranch,
  places: readonly Vec3[],
): CenterlineBranch {
  const points = [places[from - 1], ...via, places[to - 1]];
  const steps = points.slice(1).map((p, i) => Math.hypot(...p.map((v, k) => v - points[i][k])));
  return {
    id,
    from,
    to,
    component: 1,
    points: Float32Array.from(points.flat()),
    radii: new Float32Array(points.length).fill(radius),
    length: steps.reduce((sum, step) => sum + step, 0),
    meanDiameter: 2 * radius,
    minDiameter: 2 * radius,
    maxDiameter: 2 * radius,
    narrowest: Math.floor(points.length / 2),
  };
}
