import {
  edgesOf,
  fromEdges,
  neighboursOf,
  voxelOf,
  type Edge,
  type VoxelGraph,
} from './voxelGraph';

/**
 * The graph without the edges that only fill corners, so that its loops are the loops of the skeleton.
 *
 * Three voxels that touch each other are three edges but no loop. As a space, the voxels' closed cubes have
 * the shape of the clique complex of the 26-neighbour graph (boxes that meet in pairs meet all together).
 * An edge whose ends' common neighbours all touch one of them is dominated, and leaving it out keeps that
 * shape (Boissonnat and Pritam, "Edge collapse and persistence of flag complexes", SoCG 2020). Corner steps
 * go first, then edge steps, then face steps: what stays follows the voxels' faces, and a T keeps its middle.
 *
 * Edges that still lie in a triangle at the end belong to a closed shell or another piece that is not a curve.
 */
export function collapseCorners(graph: VoxelGraph): VoxelGraph {
  const corners = edgesOf(graph).filter(([u, v]) => shareNeighbour(graph, u, v));
  if (corners.length === 0) return graph;

  const near = new Map<number, Set<number>>();
  for (const v of new Set(corners.flat())) near.set(v, new Set(neighboursOf(graph, v)));
  const of = (v: number) => near.get(v) ?? new Set<number>();
  const removed = new Set<Edge>();
  let open = corners
    .map((edge) => ({ edge, size: stepSize(graph, edge) }))
    .sort((a, b) => b.size - a.size)
    .map(({ edge }) => edge);
  for (let before = -1; open.length !== before;) {
    before = open.length;
    open = open.filter((edge) => {
      const [u, v] = edge;
      const common = [...of(u)].filter((w) => of(v).has(w));
      if (!common.some((w) => common.every((c) => c === w || of(w).has(c)))) return true;
      of(u).delete(v);
      of(v).delete(u);
      removed.add(edge);
      return false;
    });
  }
  const gone = new Set([...removed].map(([u, v]) => key(graph, u, v)));
  return fromEdges(
    graph.dims,
    graph.voxels,
    edgesOf(graph).filter(([u, v]) => !gone.has(key(graph, u, v))),
  );
}

/** Whether two touching vertices have a neighbour in common. */
export function shareNeighbour(graph: VoxelGraph, u: number, v: number): boolean {
  const [a, b] = [neighboursOf(graph, u), neighboursOf(graph, v)];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) return true;
    if (a[i] < b[j]) i++;
    else j++;
  }
  return false;
}

const key = ({ voxels }: VoxelGraph, u: number, v: number): number => u * voxels.length + v;

/** 1 for a step through a face, 2 through an edge, 3 through a corner. */
function stepSize(graph: VoxelGraph, [u, v]: Edge): number {
  const [p, q] = [voxelOf(graph, u), voxelOf(graph, v)];
  return p.filter((value, axis) => value !== q[axis]).length;
}
