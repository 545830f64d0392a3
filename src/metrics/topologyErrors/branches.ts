import FlatQueue from 'flatqueue';
import { stepLength, type Grid } from './grid';
import type { Stretch } from './stretches';

/** A piece of a skeleton that does not branch. */
export interface Branch {
  /** Positions of voxels outside, from where it leaves the inside or another branch to its tip. */
  readonly way: readonly number[];
  /** To the faces of the voxels where it meets the inside, to the centre where it meets another branch, mm. */
  readonly length: number;
}

/**
 * The branches of a stretch without the voxels that are told already. In the tree of shortest ways from where it
 * begins: the longest way to a tip, then the longest of what is left beside it, and so on.
 *
 * @param told positions
 */
export function branchesOf(grid: Grid, stretch: Stretch, told: ReadonlySet<number>): Branch[] {
  const { voxels, near, contacts } = stretch;
  const away = new Float64Array(voxels.length).fill(Infinity);
  const before = new Int32Array(voxels.length).fill(-1);
  const step = (u: number, v: number) => stepLength(grid, voxels[u], voxels[v]);
  const isFree = (vertex: number) => !told.has(voxels[vertex]);

  // How far outside the inside, or another branch, the stretch begins at a vertex.
  const begins = new Map<number, number>();
  for (const { vertex, inside } of contacts)
    begins.set(vertex, stepLength(grid, voxels[vertex], inside[0]) / 2);
  near.forEach((beside, u) => {
    const branching = beside.find((v) => !isFree(v));
    if (branching !== undefined && !begins.has(u)) begins.set(u, step(branching, u));
  });

  const reached = (root: number): number[] => {
    away[root] = begins.get(root) ?? 0;
    const queue = new FlatQueue<number>();
    queue.push(root, away[root]);
    const order = new Set<number>();
    for (let u = queue.pop(); u !== undefined; u = queue.pop()) {
      if (order.has(u)) continue;
      order.add(u);
      for (const v of near[u]) {
        const through = away[u] + step(u, v);
        if (!isFree(v) || through >= away[v]) continue;
        away[v] = through;
        before[v] = u;
        queue.push(v, through);
      }
    }
    return [...order];
  };

  const branches: Branch[] = [];
  const taken = new Uint8Array(voxels.length);
  const roots = [...begins.keys(), ...voxels.keys()].filter(isFree);
  for (const start of roots) {
    if (away[start] < Infinity) continue;
    let order = reached(start);
    if (!begins.has(start)) {
      // Nothing tells where it begins: at its farthest tip.
      const tip = order[order.length - 1];
      for (const vertex of order) [away[vertex], before[vertex]] = [Infinity, -1];
      order = reached(tip);
    }
    for (const tip of order.reverse()) {
      if (taken[tip]) continue;
      const way: number[] = [];
      let at = tip;
      for (; at >= 0 && !taken[at]; at = before[at]) {
        taken[at] = 1;
        way.push(voxels[at]);
      }
      const beyond = before[tip] >= 0 ? (begins.get(tip) ?? 0) : 0;
      branches.push({
        way: way.reverse(),
        length: away[tip] + beyond - (at >= 0 ? away[at] : 0),
      });
    }
  }
  return branches;
}
