import type { Vec3 } from '@vessels/volume/geometry';
import type { Drawn } from './draw';

/** A chain of edges over the field of two elements: bit 3·vertex + axis is the edge from a vertex along an axis. */
export type Edges = Uint32Array;

/**
 * Loops of masks by plain linear algebra: every voxel is a closed cube, so that voxels are 26-connected, and H1 is
 * the cycles of the cubes' edges modulo the boundaries of their faces. For grids of a few voxels only.
 */
export class Loops {
  private readonly rows = new Map<number, Edges>();

  /** @param space the mask in which loops are compared: those that bound in it are nothing */
  constructor(private readonly space: Drawn) {
    for (const boundary of boundaries(space)) this.add(boundary);
  }

  /** Add loops of masks inside the space; how many of them are independent of all before. */
  addAll(loops: readonly Edges[]): number {
    return loops.filter((loop) => this.add(loop)).length;
  }

  /** Add the way around a ring of voxels; whether it is independent of all loops before. */
  addRing(voxels: readonly Vec3[]): boolean {
    const { index, size } = corners(this.space.dims);
    const edges = new Uint32Array(Math.ceil((3 * size) / 32));
    voxels.forEach((from, i) => {
      const to = voxels[(i + 1) % voxels.length];
      // Two touching cubes share the greatest of their lower corners; each cube is walked along its own edges.
      const shared = from.map((v, axis) => Math.max(v, to[axis]));
      for (const [low, high] of [
        [from, shared],
        [to, shared],
      ]) {
        const at = [...low] as [number, number, number];
        for (let axis = 0; axis < 3; axis++)
          for (; at[axis] < high[axis]; at[axis]++) flip(edges, 3 * index(at) + axis);
      }
    });
    return this.add(edges);
  }

  private add(loop: Edges): boolean {
    const rest = loop.slice();
    for (let pivot = lowest(rest); pivot >= 0; pivot = lowest(rest)) {
      const row = this.rows.get(pivot);
      if (!row) {
        this.rows.set(pivot, rest);
        return true;
      }
      for (let w = pivot >>> 5; w < rest.length; w++) rest[w] ^= row[w];
    }
    return false;
  }
}

/** A basis of the cycles of the edges of a mask: one for each edge outside a spanning forest. */
export function cyclesOf(mask: Drawn): Edges[] {
  const { index, size, steps } = corners(mask.dims);
  const edges = new Uint32Array(Math.ceil((3 * size) / 32));
  for (const corner of cubes(mask))
    for (let axis = 0; axis < 3; axis++)
      for (const [u, v] of SQUARE) {
        const from = [...corner] as [number, number, number];
        from[(axis + 1) % 3] += u;
        from[(axis + 2) % 3] += v;
        set(edges, 3 * index(from) + axis);
      }
  // For each vertex reached, the edges on the way to it from the root of its tree.
  const ways = new Map<number, Edges>();
  const inTree = new Set<number>();
  const around = (vertex: number) =>
    [0, 1, 2].flatMap((axis) => [
      { edge: 3 * vertex + axis, next: vertex + steps[axis] },
      { edge: 3 * (vertex - steps[axis]) + axis, next: vertex - steps[axis] },
    ]);
  const all = Array.from({ length: 3 * size }, (_, edge) => edge).filter((edge) =>
    has(edges, edge),
  );
  for (const root of all.map((edge) => Math.floor(edge / 3))) {
    if (ways.has(root)) continue;
    ways.set(root, new Uint32Array(edges.length));
    const order = [root];
    for (const vertex of order)
      for (const { edge, next } of around(vertex)) {
        if (edge < 0 || !has(edges, edge) || ways.has(next)) continue;
        const way = (ways.get(vertex) as Edges).slice();
        flip(way, edge);
        inTree.add(edge);
        ways.set(next, way);
        order.push(next);
      }
  }
  return all
    .filter((edge) => !inTree.has(edge))
    .map((edge) => {
      const vertex = Math.floor(edge / 3);
      const back = ways.get(vertex + steps[edge % 3]) as Edges;
      const cycle = (ways.get(vertex) as Edges).map((word, w) => word ^ back[w]);
      flip(cycle, edge);
      return cycle;
    });
}

/**
 * Loops of two masks and of their union: the ranks of H1(p) and H1(r) in H1(p ∪ r), and of their intersection there.
 */
export function loopRanks(p: Drawn, r: Drawn): { p: number; r: number; common: number } {
  const union = { dims: p.dims, mask: p.mask.map((v, i) => v | r.mask[i]) };
  const [ofP, ofR] = [cyclesOf(p), cyclesOf(r)];
  const rankP = new Loops(union).addAll(ofP);
  const rankR = new Loops(union).addAll(ofR);
  return { p: rankP, r: rankR, common: rankP + rankR - new Loops(union).addAll([...ofP, ...ofR]) };
}

const SQUARE = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** The boundaries of the faces of a mask's cubes, some of them twice. */
function boundaries(mask: Drawn): Edges[] {
  const { index, size, steps } = corners(mask.dims);
  const faces = new Map<number, Edges>();
  for (const corner of cubes(mask))
    for (let axis = 0; axis < 3; axis++)
      for (const side of [0, 1]) {
        const vertex = index(corner) + side * steps[axis];
        const key = 3 * vertex + axis;
        if (faces.has(key)) continue;
        const edges = new Uint32Array(Math.ceil((3 * size) / 32));
        const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
        for (const edge of [
          3 * vertex + u,
          3 * (vertex + steps[v]) + u,
          3 * vertex + v,
          3 * (vertex + steps[u]) + v,
        ])
          set(edges, edge);
        faces.set(key, edges);
      }
  return [...faces.values()];
}

/** The corners of all voxels of a grid, numbered. */
function corners([nx, ny, nz]: Vec3) {
  const steps = [1, nx + 1, (nx + 1) * (ny + 1)] as const;
  return {
    steps,
    size: steps[2] * (nz + 1),
    index: ([x, y, z]: Vec3) => x + steps[1] * y + steps[2] * z,
  };
}

/** The voxels of a mask. */
function* cubes({ mask, dims: [nx, ny] }: Drawn): Generator<Vec3> {
  for (let i = 0; i < mask.length; i++)
    if (mask[i]) yield [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)];
}

const has = (edges: Edges, edge: number) => ((edges[edge >>> 5] >>> (edge & 31)) & 1) !== 0;
const set = (edges: Edges, edge: number) => void (edges[edge >>> 5] |= 1 << (edge & 31));
const flip = (edges: Edges, edge: number) => void (edges[edge >>> 5] ^= 1 << (edge & 31));

function lowest(edges: Edges): number {
  const word = edges.findIndex((bits) => bits !== 0);
  return word < 0 ? -1 : 32 * word + 31 - Math.clz32(edges[word] & -edges[word]);
}
