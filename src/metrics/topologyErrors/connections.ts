import FlatQueue from 'flatqueue';
import { stepLength, type Grid } from './grid';
import { pieceAt, type Pieces } from './pieces';
import type { Stretch } from './stretches';

/** A way over a stretch between two parts. */
export interface Connection {
  readonly parts: readonly [number, number];
  /** Positions; the first and the last lie in the parts, those between in neither. */
  readonly way: readonly number[];
  /** Between the faces of the voxels, mm. */
  readonly length: number;
}

/**
 * The ways over a stretch between the parts that it touches: for each two parts whose nearest regions of the
 * stretch meet, one of the shortest; enough to join all parts of the stretch without a detour.
 */
export function connectionsOver(grid: Grid, stretch: Stretch, parts: Pieces): Connection[] {
  const { voxels, near } = stretch;
  const contacts = stretch.contacts.map(({ vertex, inside }) => ({
    vertex,
    inside: inside[0],
    part: pieceAt(parts, grid, inside[0]),
    // The border is crossed half-way.
    length: stepLength(grid, voxels[vertex], inside[0]) / 2,
  }));
  if (contacts.every(({ part }) => part === contacts[0].part)) return [];

  // Every vertex goes to the part that it is nearest to along the stretch.
  const best = voxels.map(() => ({ length: Infinity, before: -1, contact: -1 }));
  const queue = new FlatQueue<number>();
  const reach = (vertex: number, length: number, before: number, contact: number) => {
    if (length >= best[vertex].length) return;
    best[vertex] = { length, before, contact };
    queue.push(vertex, length);
  };
  contacts.forEach(({ vertex, length }, c) => reach(vertex, length, -1, c));
  for (let u = queue.pop(); u !== undefined; u = queue.pop())
    for (const v of near[u])
      reach(v, best[u].length + stepLength(grid, voxels[u], voxels[v]), u, best[u].contact);

  const partOf = (vertex: number) => contacts[best[vertex].contact].part;
  const wayTo = (vertex: number) => {
    const way = [voxels[vertex]];
    let at = vertex;
    for (; best[at].before >= 0; at = best[at].before) way.push(voxels[best[at].before]);
    return [...way, contacts[best[at].contact].inside].reverse();
  };
  const found = new Map<string, Connection>();
  const propose = (a: number, b: number, length: number, way: () => number[]) => {
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (a !== b && length < (found.get(key)?.length ?? Infinity))
      found.set(key, { parts: [a, b], way: way(), length });
  };
  for (const { vertex, part, length, inside } of contacts)
    propose(partOf(vertex), part, best[vertex].length + length, () => [...wayTo(vertex), inside]);
  near.forEach((beside, u) => {
    for (const v of beside) {
      if (u > v) continue;
      const length = best[u].length + stepLength(grid, voxels[u], voxels[v]) + best[v].length;
      propose(partOf(u), partOf(v), length, () => [...wayTo(u), ...wayTo(v).reverse()]);
    }
  });
  return [...found.values()];
}
