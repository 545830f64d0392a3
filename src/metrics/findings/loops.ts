import FlatQueue from 'flatqueue';
import type { CenterlineBranch, CenterlineGraph } from '../../centerline/graph';
import { UnionFind } from '../../topology/unionFind';
import type { Vec3 } from '../../volume/geometry';
import { SEVERITY, type Draft } from './limits';

/**
 * The independent loops of a centerline graph (as many as branches − nodes + components), shortest first.
 *
 * Each is told at the narrowest point of its thinnest branch, where a false bridge shows: a spanning forest is
 * grown from the widest branch down, and each branch left over closes a loop whose other branches are all
 * wider. Its value is the length of the shortest way round through that branch.
 */
export function loops(graph: CenterlineGraph): Draft[] {
  const sets = new UnionFind(graph.nodes.length + 1);
  const neighbours = branchesByNode(graph);
  const closing = [...graph.branches]
    .sort((a, b) => b.minDiameter - a.minDiameter)
    .filter(({ from, to }) => {
      const closes = sets.find(from) === sets.find(to);
      sets.union(from, to);
      return closes;
    });
  return closing
    .map((branch): Draft => ({
      kind: 'loop',
      severity: SEVERITY.loop,
      position: pointOf(branch, branch.narrowest),
      value: branch.length + wayRound(neighbours, branch),
      unit: 'mm',
    }))
    .sort((a, b) => a.value - b.value);
}

function branchesByNode({ nodes, branches }: CenterlineGraph): readonly CenterlineBranch[][] {
  const at: CenterlineBranch[][] = Array.from({ length: nodes.length + 1 }, () => []);
  for (const branch of branches) {
    at[branch.from].push(branch);
    at[branch.to].push(branch);
  }
  return at;
}

/** Length of the shortest way (Dijkstra) between a branch's ends that does not use the branch. */
function wayRound(neighbours: readonly CenterlineBranch[][], closing: CenterlineBranch): number {
  const lengths = new Map([[closing.from, 0]]);
  const open = new FlatQueue<number>();
  open.push(closing.from, 0);
  for (let node = open.pop(); node !== undefined && node !== closing.to; node = open.pop()) {
    const length = lengths.get(node) ?? 0;
    for (const branch of neighbours[node]) {
      if (branch === closing) continue;
      const next = branch.from === node ? branch.to : branch.from;
      const through = length + branch.length;
      if (through >= (lengths.get(next) ?? Infinity)) continue;
      lengths.set(next, through);
      open.push(next, through);
    }
  }
  return lengths.get(closing.to) ?? 0;
}

const pointOf = ({ points }: CenterlineBranch, i: number): Vec3 => [
  points[3 * i],
  points[3 * i + 1],
  points[3 * i + 2],
];
