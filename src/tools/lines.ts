import type { CenterlineGraph } from '../centerline/graph';

/** The centerlines of a graph as polylines with few points, made once and drawn often. */
export interface CenterlineLines {
  /** Points x, y, z, x, y, z … in LPS mm, branch after branch. */
  readonly points: Float32Array;
  /** The points of branch b (by its place in the graph) are `offsets[b]` up to `offsets[b + 1]`. */
  readonly offsets: Uint32Array;
  /** Place in the graph of the branch with an id. */
  readonly placeOf: ReadonlyMap<number, number>;
}

/** How far a drawn line may stray from the centerline, mm: less than a pixel at the usual zoom. */
export const LINE_TOLERANCE = 0.1;

/** Squared distance of point i from the segment between points a and b. */
function segmentDistance2(points: Float32Array, i: number, a: number, b: number): number {
  const [ax, ay, az] = [points[3 * a], points[3 * a + 1], points[3 * a + 2]];
  const [ux, uy, uz] = [points[3 * b] - ax, points[3 * b + 1] - ay, points[3 * b + 2] - az];
  const [vx, vy, vz] = [points[3 * i] - ax, points[3 * i + 1] - ay, points[3 * i + 2] - az];
  const length2 = ux * ux + uy * uy + uz * uz;
  const t = length2 > 0 ? Math.min(1, Math.max(0, (vx * ux + vy * uy + vz * uz) / length2)) : 0;
  return (vx - t * ux) ** 2 + (vy - t * uy) ** 2 + (vz - t * uz) ** 2;
}

/**
 * Which points of a polyline to keep so that no dropped one is farther than a tolerance from the line that is left
 * (Douglas and Peucker, Cartographica 10, 1973). First and last are always kept.
 * @param points x, y, z, x, y, z …
 * @returns indices of the kept points, ascending
 */
export function simplify(points: Float32Array, tolerance: number): number[] {
  const count = points.length / 3;
  const keep = new Uint8Array(count);
  const open: [number, number][] = count > 0 ? [[0, count - 1]] : [];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [a, b] = stretch;
    keep[a] = keep[b] = 1;
    let [farthest, distance2] = [-1, tolerance * tolerance];
    for (let i = a + 1; i < b; i++) {
      const d2 = segmentDistance2(points, i, a, b);
      if (d2 > distance2) [farthest, distance2] = [i, d2];
    }
    if (farthest >= 0) open.push([a, farthest], [farthest, b]);
  }
  return Array.from(keep.keys()).filter((i) => keep[i]);
}

const made = new WeakMap<CenterlineGraph, CenterlineLines>();

/** The lines of a graph; made at the first call, remembered as long as the graph lives. */
export function linesOf(graph: CenterlineGraph): CenterlineLines {
  const known = made.get(graph);
  if (known) return known;
  const points: number[] = [];
  const offsets = [0];
  for (const branch of graph.branches) {
    for (const i of simplify(branch.points, LINE_TOLERANCE))
      points.push(branch.points[3 * i], branch.points[3 * i + 1], branch.points[3 * i + 2]);
    offsets.push(points.length / 3);
  }
  const lines: CenterlineLines = {
    points: Float32Array.from(points),
    offsets: Uint32Array.from(offsets),
    placeOf: new Map(graph.branches.map(({ id }, place) => [id, place])),
  };
  made.set(graph, lines);
  return lines;
}

/** The polylines of some branches (all by default), each as x, y, z, x, y, z … without copying. */
export function polylines(
  { points, offsets }: CenterlineLines,
  places: Iterable<number> = offsets.keys(),
): Float32Array[] {
  return Array.from(places)
    .filter((place) => place + 1 < offsets.length)
    .map((place) => points.subarray(3 * offsets[place], 3 * offsets[place + 1]));
}
