import { transposeBits, type BitVolume } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import { runsOf } from '../topology/runs';

/** The voxels of a skeleton and which of them touch (26 neighbours). Vertex v is voxel `voxels[v]`. */
export interface VoxelGraph {
  /** [nx, ny, nz] of the grid. */
  readonly dims: Vec3;
  /** Linear indices, x fastest, rising. */
  readonly voxels: Uint32Array;
  /** The neighbours of vertex v are neighbours[first[v]] … neighbours[first[v + 1] − 1], rising. */
  readonly first: Uint32Array;
  readonly neighbours: Uint32Array;
}

/** Two touching vertices, the smaller one first. */
export type Edge = readonly [number, number];

/**
 * The 26-neighbour graph of a skeleton: one look at every voxel of the grid, everything else grows with the
 * skeleton alone.
 *
 * @throws InputError `volume.too-large`
 */
export function voxelGraph(skeleton: BitVolume): VoxelGraph {
  const bits = skeleton.axis === 'x' ? skeleton : transposeBits(skeleton);
  const { dims } = bits;
  const { starts, ends, rowFirst } = runsOf(bits);
  const { rowCount, rowsPerPlane } = bits;
  const x = new Int32Array(bits.count);
  const voxels = new Uint32Array(bits.count);
  const edges: Edge[] = [];

  // Rows have a margin on all sides, so every row has the four rows that precede it in raster order.
  const vertexFirst = new Uint32Array(rowCount + 1);
  for (let row = 0, v = 0; row < rowCount; row++) {
    vertexFirst[row] = v;
    if (rowFirst[row] < rowFirst[row + 1]) {
      const plane = Math.floor(row / rowsPerPlane);
      const line = (plane - 1) * dims[1] + (row - plane * rowsPerPlane - 1);
      for (let run = rowFirst[row]; run < rowFirst[row + 1]; run++)
        for (let at = starts[run]; at < ends[run]; at++, v++) {
          x[v] = at;
          voxels[v] = line * dims[0] + at;
          if (at > starts[run]) edges.push([v - 1, v]);
        }
      vertexFirst[row + 1] = v;
      for (const before of [1, rowsPerPlane - 1, rowsPerPlane, rowsPerPlane + 1])
        joinRows(row - before, row);
    }
    vertexFirst[row + 1] = v;
  }
  return fromEdges(dims, voxels, edges);

  function joinRows(before: number, row: number): void {
    const end = vertexFirst[before + 1];
    let from = vertexFirst[before];
    for (let v = vertexFirst[row]; v < vertexFirst[row + 1] && from < end; v++) {
      while (from < end && x[from] < x[v] - 1) from++;
      for (let u = from; u < end && x[u] <= x[v] + 1; u++) edges.push([u, v]);
    }
  }
}

/** A graph of the same vertices with these edges. */
export function fromEdges(dims: Vec3, voxels: Uint32Array, edges: readonly Edge[]): VoxelGraph {
  const first = new Uint32Array(voxels.length + 1);
  for (const [u, v] of edges) {
    first[u + 1]++;
    first[v + 1]++;
  }
  for (let v = 0; v < voxels.length; v++) first[v + 1] += first[v];
  const neighbours = new Uint32Array(2 * edges.length);
  const next = first.slice();
  for (const [u, v] of edges) {
    neighbours[next[u]++] = v;
    neighbours[next[v]++] = u;
  }
  for (let v = 0; v < voxels.length; v++) neighbours.subarray(first[v], first[v + 1]).sort();
  return { dims, voxels, first, neighbours };
}

/** Number of neighbours of a vertex. */
export const degreeOf = ({ first }: VoxelGraph, v: number): number => first[v + 1] - first[v];

/** The neighbours of a vertex, rising. */
export const neighboursOf = ({ first, neighbours }: VoxelGraph, v: number): Uint32Array =>
  neighbours.subarray(first[v], first[v + 1]);

/** The edges, each once. */
export function edgesOf(graph: VoxelGraph): Edge[] {
  const edges: Edge[] = [];
  for (let u = 0; u < graph.voxels.length; u++)
    for (const v of neighboursOf(graph, u)) if (u < v) edges.push([u, v]);
  return edges;
}

/** Index coordinates [x, y, z] of a vertex. */
export function voxelOf({ dims: [nx, ny], voxels }: VoxelGraph, v: number): Vec3 {
  const line = Math.floor(voxels[v] / nx);
  return [voxels[v] - line * nx, line % ny, Math.floor(line / ny)];
}
