import FlatQueue from 'flatqueue';
import type { CenterlineBranch, CenterlineGraph, CenterlineNode } from '../../centerline/graph';
import { UnionFind } from '../../topology/unionFind';
import type { Vec3 } from '../../volume/geometry';
import { SEVERITY, type Draft } from './limits';

/**
 * The independent loops of a centerline graph (as many as branches − nodes + components), shortest first.
 *
 * The graph is built up from the longest branch down; a branch whose ends are connected already closes a loop.
 * It is told at the narrowest point of that branch, the shortest of its loop: where two vessels touch by
 * mistake, the bridge between them is short. Its value is the length of the shortest way round, over branches
 * that are no shorter.
 */
export function loops({ nodes, branches }: CenterlineGraph): Draft[] {
  const sets = new UnionFind(nodes.length + 1);
  const built: CenterlineBranch[][] = Array.from({ length: nodes.length + 1 }, () => []);
  const found: Draft[] = [];
  for (const branch of [...branches].sort((a, b) => b.length - a.length)) {
    const { from, to } = branch;
    if (sets.find(from) === sets.find(to))
      found.push({
        kind: 'loop',
        severity: SEVERITY.loop,
        position: pointOf(branch, branch.narrowest),
        value: branch.length + shortestWay(nodes, built, from, to),
        unit: 'mm',
      });
    sets.union(from, to);
    built[from].push(branch);
    built[to].push(branch);
  }
  return found.sort((a, b) => a.value - b.value);
}

/**
 * Length of the shortest way between two connected nodes (A*: no way is shorter than the straight line).
 *
 * @param nodes by id from 1
 */
function shortestWay(
  nodes: readonly CenterlineNode[],
  branchesAt: readonly CenterlineBranch[][],
  start: number,
  end: number,
): number {
  const [x, y, z] = nodes[end - 1].position;
  // Lengths are summed over float32 points and may fall short of the line by that much.
  const rest = (node: number) => {
    const [u, v, w] = nodes[node - 1].position;
    return (1 - 1e-5) * Math.hypot(u - x, v - y, w - z);
  };
  const lengths = new Map([[start, 0]]);
  const open = new FlatQueue<number>();
  open.push(start, rest(start));
  for (let node = open.pop(); node !== undefined && node !== end; node = open.pop()) {
    const length = lengths.get(node) ?? 0;
    for (const branch of branchesAt[node]) {
      const next = branch.from === node ? branch.to : branch.from;
      const through = length + branch.length;
      if (through >= (lengths.get(next) ?? Infinity)) continue;
      lengths.set(next, through);
      open.push(next, through + rest(next));
    }
  }
  return lengths.get(end) ?? 0;
}

const pointOf = ({ points }: CenterlineBranch, i: number): Vec3 => [
  points[3 * i],
  points[3 * i + 1],
  points[3 * i + 2],
];
