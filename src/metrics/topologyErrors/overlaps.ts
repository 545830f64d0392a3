import type { Runs } from '../../topology/runs';
import { UnionFind } from '../../topology/unionFind';
import { OUTSIDE, type Pieces } from './pieces';

/** Pieces of two masks that share voxels, directly or over others: one component of the overlap graph. */
export interface Group {
  /** Pieces of the first mask. */
  readonly a: readonly number[];
  /** Pieces of the second. */
  readonly b: readonly number[];
}

/** A piece of the first and one of the second mask that share a voxel. */
export type Pair = readonly [a: number, b: number];

/** The components that share voxels, each pair once. */
export function componentPairs(a: Pieces, b: Pieces): Pair[] {
  const pairs = new PairSet(a, b);
  for (let row = 0; row < a.runs.rowFirst.length - 1; row++) {
    let runA = a.runs.rowFirst[row];
    let runB = b.runs.rowFirst[row];
    const endA = a.runs.rowFirst[row + 1];
    const endB = b.runs.rowFirst[row + 1];
    while (runA < endA && runB < endB) {
      const overlap =
        a.runs.starts[runA] < b.runs.ends[runB] && b.runs.starts[runB] < a.runs.ends[runA];
      if (overlap) pairs.add(runA, runB);
      if (a.runs.ends[runA] < b.runs.ends[runB]) runA++;
      else runB++;
    }
  }
  return pairs.list;
}

/**
 * The pieces of background that share voxels, each pair once; the first is the outside with itself.
 *
 * @param a background of the first mask, as from `backgroundOf`
 * @param maskA the runs of that mask
 */
export function backgroundPairs(a: Pieces, maskA: Runs, b: Pieces, maskB: Runs): Pair[] {
  const pairs = new PairSet(a, b);
  pairs.add(OUTSIDE, OUTSIDE);
  eachOverlap(a, maskB, b, (gapA, gapB) => pairs.add(gapA, gapB));
  eachOverlap(b, maskA, a, (gapB, gapA) => pairs.add(gapA, gapB));
  return pairs.list;
}

/** Visit the runs of cavities together with each run of the other background that they overlap. */
function eachOverlap(
  { runs, of }: Pieces,
  mask: Runs,
  { runs: other }: Pieces,
  visit: (gap: number, otherGap: number) => void,
): void {
  for (let row = 0; row < runs.rowFirst.length - 1; row++) {
    const first = mask.rowFirst[row];
    const end = mask.rowFirst[row + 1];
    for (let gap = runs.rowFirst[row]; gap < runs.rowFirst[row + 1]; gap++) {
      if (of[gap] === OUTSIDE) continue;
      let at = runs.starts[gap];
      for (let run = first; at < runs.ends[gap]; run++) {
        if (run < end && mask.ends[run] <= at) continue;
        const start = run < end ? mask.starts[run] : Infinity;
        const isOpen = run === first || run === end;
        if (at < start) visit(gap, isOpen ? OUTSIDE : other.rowFirst[row] + run - first - 1);
        if (run === end) break;
        at = mask.ends[run];
      }
    }
  }
}

/** Pairs of pieces, each once, given by runs of theirs. */
class PairSet {
  readonly list: Pair[] = [];
  private readonly seen = new Set<number>();
  private last = -1;

  constructor(
    private readonly a: Pieces,
    private readonly b: Pieces,
  ) {}

  add(runA: number, runB: number): void {
    const [a, b] = [this.a.of[runA], this.b.of[runB]];
    const key = a * this.b.runs.count + b;
    if (key === this.last || this.seen.has(key)) return;
    this.last = key;
    this.seen.add(key);
    this.list.push([a, b]);
  }
}

/** All pieces of two masks by the components of their overlap graph, in the order of their first pieces. */
export function groupsOf(a: Pieces, b: Pieces, pairs: readonly Pair[]): Group[] {
  const [rootsA, rootsB] = [rootsOf(a), rootsOf(b)];
  const nodeA = new Map(rootsA.map((root, at) => [root, at]));
  const nodeB = new Map(rootsB.map((root, at) => [root, rootsA.length + at]));
  const sets = new UnionFind(rootsA.length + rootsB.length);
  for (const [p, q] of pairs) sets.union(nodeA.get(p) ?? 0, nodeB.get(q) ?? 0);
  const groups = new Map<number, { a: number[]; b: number[] }>();
  const groupOf = (node: number) => {
    const root = sets.find(node);
    const group = groups.get(root) ?? { a: [], b: [] };
    groups.set(root, group);
    return group;
  };
  rootsA.forEach((root, at) => groupOf(at).a.push(root));
  rootsB.forEach((root, at) => groupOf(rootsA.length + at).b.push(root));
  return [...groups.values()];
}

function rootsOf({ runs, of }: Pieces): number[] {
  const roots: number[] = [];
  for (let run = 0; run < runs.count; run++) if (of[run] === run) roots.push(run);
  return roots;
}
