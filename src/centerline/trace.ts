import { UnionFind } from '../topology/unionFind';
import { shareNeighbour } from './collapse';
import { degreeOf, edgesOf, neighboursOf, voxelOf, type VoxelGraph } from './voxelGraph';

/** A node of the skeleton before it has a place in the world. */
export interface TracedNode {
  /** Vertex of the voxel graph; of a cluster the one nearest its centre. */
  readonly vertex: number;
  /** Number of path ends that meet here; 0 = a voxel alone. */
  readonly degree: number;
  /** One voxel of a closed curve that has no other node. */
  readonly onLoop: boolean;
}

/** A path from node to node (indices of the nodes); the vertices of both nodes are its ends. */
export interface TracedPath {
  readonly from: number;
  readonly to: number;
  readonly vertices: readonly number[];
}

export interface TracedSkeleton {
  readonly nodes: readonly TracedNode[];
  readonly paths: readonly TracedPath[];
}

/**
 * Split a skeleton's graph (corners collapsed) into nodes and the paths between them.
 *
 * A vertex with two neighbours lies on a path, all others are nodes; junction vertices that touch become one
 * node. An edge that would close a ring inside such a cluster stays as a path from the node to itself, so
 * paths − nodes + components equals the number of loops.
 */
export function traceSkeleton(graph: VoxelGraph): TracedSkeleton {
  const size = graph.voxels.length;
  const { clusters, inner } = mergeJunctions(graph);
  const seen = new Uint8Array(size);
  const nodeAt = new Int32Array(size).fill(-1);
  const nodes = clusters.map((members, node) => {
    for (const v of members) {
      nodeAt[v] = node;
      seen[v] = 1;
    }
    return { vertex: centralVertex(graph, members), degree: 0, onLoop: false };
  });
  const paths: TracedPath[] = [];
  const done = new Set<number>(); // steps away from a node's vertex that a path took already

  clusters.forEach((members, from) => {
    for (const start of members)
      for (const step of neighboursOf(graph, start))
        if (!inner.has(edgeKey(size, start, step)) && !done.has(start * size + step))
          follow(from, start, step);
  });
  for (let v = 0; v < size; v++) {
    if (seen[v]) continue;
    nodeAt[v] = nodes.length;
    nodes.push({ vertex: v, degree: 0, onLoop: true });
    follow(nodeAt[v], v, neighboursOf(graph, v)[0]);
  }
  return { nodes, paths };

  function follow(from: number, start: number, step: number): void {
    const vertices = nodes[from].vertex === start ? [start] : [nodes[from].vertex, start];
    let [before, at] = [start, step];
    vertices.push(at);
    while (nodeAt[at] < 0) {
      seen[at] = 1;
      const [a, b] = neighboursOf(graph, at);
      [before, at] = [at, a === before ? b : a];
      vertices.push(at);
    }
    const to = nodeAt[at];
    if (nodes[to].vertex !== at) vertices.push(nodes[to].vertex);
    done.add(start * size + step).add(at * size + before);
    nodes[from].degree++;
    nodes[to].degree++;
    paths.push({ from, to, vertices });
  }
}

const edgeKey = (size: number, u: number, v: number): number =>
  Math.min(u, v) * size + Math.max(u, v);

/**
 * The vertices of each node, and the edges that vanish inside nodes. Edges still in a triangle belong to a
 * closed shell round a cavity: the whole shell becomes one node.
 */
function mergeJunctions(graph: VoxelGraph) {
  const size = graph.voxels.length;
  const sets = new UnionFind(size);
  const inner = new Set<number>();
  for (const [u, v] of edgesOf(graph)) {
    const junctions = degreeOf(graph, u) > 2 && degreeOf(graph, v) > 2;
    const joins = junctions && sets.find(u) !== sets.find(v);
    if (!joins && !shareNeighbour(graph, u, v)) continue;
    sets.union(u, v);
    inner.add(edgeKey(size, u, v));
  }
  const clusters = new Map<number, number[]>();
  for (let v = 0; v < size; v++) {
    const root = sets.find(v); // the smallest member, so it comes first
    if (root === v) clusters.set(v, [v]);
    else clusters.get(root)?.push(v);
  }
  const isNode = (members: number[]) => members.length > 1 || degreeOf(graph, members[0]) !== 2;
  return { clusters: [...clusters.values()].filter(isNode), inner };
}

/** The member nearest the centre of its cluster; the first of equals. */
function centralVertex(graph: VoxelGraph, members: readonly number[]): number {
  const places = members.map((v) => voxelOf(graph, v));
  const centre = [0, 1, 2].map(
    (axis) => places.reduce((sum, p) => sum + p[axis], 0) / places.length,
  );
  const distances = places.map((p) => Math.hypot(...p.map((value, axis) => value - centre[axis])));
  return members[distances.indexOf(Math.min(...distances))];
}
