import type { Vec3 } from '../volume/geometry';
import type { InscribedSpheres } from './inscribed';
import { ACROSS_WINDOW, acrossOf, ALL_DIRECTIONS, recentre } from './recentre';
import { smoothPath } from './smooth';
import type { TracedNode, TracedPath, TracedSkeleton } from './trace';
import { voxelOf, type VoxelGraph } from './voxelGraph';

/** Where the skeleton runs once it is moved to the middle of the vessels; fractional voxel indices. */
export interface Curves {
  /** One per node. */
  readonly nodes: readonly Vec3[];
  /** One per path: x, y, z, …; its ends are the places of its nodes. */
  readonly paths: readonly Float64Array[];
}

/** A closed path of fewer points keeps its voxels: it has no middle, and smoothing would pull it to a point. */
const SMALL_RING = 12;

/**
 * Move a traced skeleton to the middle of the vessels and take the staircase out of it.
 *
 * Points of a path move across it, junctions and lone voxels in all directions, each to the largest inscribed
 * sphere in reach; then each path is smoothed between its fixed ends.
 */
export function layCurves(
  graph: VoxelGraph,
  { nodes, paths }: TracedSkeleton,
  spheres: InscribedSpheres,
  spacing: Vec3,
): Curves {
  const raw = paths.map(({ vertices }) =>
    Float64Array.from(vertices.flatMap((v) => voxelOf(graph, v))),
  );
  const pathAt = new Map<number, number>(); // a path of each node; ends have no other
  paths.forEach(({ from, to }, p) => pathAt.set(from, p).set(to, p));

  const places = nodes.map((node, n): Vec3 => {
    const path = pathAt.get(n);
    const point = voxelOf(graph, node.vertex);
    if (path === undefined || node.degree !== 1)
      return recentre(spheres, spacing, point, ALL_DIRECTIONS);
    const end = paths[path].from === n ? 0 : raw[path].length / 3 - 1;
    return recentre(spheres, spacing, point, across(raw[path], end, spacing));
  });
  const curves = raw.map((path, p) => layPath(path, paths[p], nodes, places, spheres, spacing));
  // The node of a ring lies on the smoothed curve, wherever that runs.
  curves.forEach((curve, p) => {
    const { from } = paths[p];
    if (nodes[from].onLoop) places[from] = [curve[0], curve[1], curve[2]];
  });
  return { nodes: places, paths: curves };
}

function layPath(
  raw: Float64Array,
  { from, to }: TracedPath,
  nodes: readonly TracedNode[],
  places: readonly Vec3[],
  spheres: InscribedSpheres,
  spacing: Vec3,
): Float64Array {
  const last = raw.length / 3 - 1;
  const isRing = nodes[from].onLoop;
  const isSmall = from === to && last < SMALL_RING;
  const centred = raw.slice();
  for (let i = isRing ? 0 : 1; i < last && !isSmall; i++) {
    const point: Vec3 = [raw[3 * i], raw[3 * i + 1], raw[3 * i + 2]];
    centred.set(recentre(spheres, spacing, point, across(raw, i, spacing)), 3 * i);
  }
  if (isRing) centred.copyWithin(3 * last, 0, 3);
  else {
    centred.set(places[from], 0);
    centred.set(places[to], 3 * last);
  }
  return isSmall ? centred : within(smoothPath(centred, spacing, isRing), spheres.dims);
}

/** The path without swings of the smoothing beyond the outermost voxel centres; in place. */
function within(path: Float64Array, dims: Vec3): Float64Array {
  for (let i = 0; i < path.length; i++) path[i] = Math.min(Math.max(path[i], 0), dims[i % 3] - 1);
  return path;
}

/** Two directions across a path at one of its points. */
function across(path: Float64Array, i: number, spacing: Vec3): readonly Vec3[] {
  const a = 3 * Math.max(0, i - ACROSS_WINDOW);
  const b = 3 * Math.min(path.length / 3 - 1, i + ACROSS_WINDOW);
  return acrossOf([
    (path[b] - path[a]) * spacing[0],
    (path[b + 1] - path[a + 1]) * spacing[1],
    (path[b + 2] - path[a + 2]) * spacing[2],
  ]);
}
