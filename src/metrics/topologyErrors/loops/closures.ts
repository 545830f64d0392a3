import type { Retraction } from './retract';
import type { Stretch } from '../stretches';
import { wayFromRoot, wayInTree } from './tree';
import type { Vector } from './vectors';

/** A step of a skeleton that, over a tree of the stretch it belongs to, closes a way or leads out of the stretch. */
export interface Closure {
  /** Position of the voxel of the stretch. */
  readonly from: number;
  /** Positions of the voxels that it leads to: one in the stretch, or a piece of the skeleton inside. */
  readonly to: readonly number[];
  /** Whether it leads out of the stretch. */
  readonly leaves: boolean;
  /** The handles that the way through it passes. */
  readonly handles: Vector;
  /** Voxels of the stretch on that way. */
  readonly length: number;
}

/**
 * The closures of a stretch. One contact belongs to the tree (the first, with no handles); every other contact
 * stands for the way to it from the first, every edge outside the tree for the ring that it closes.
 */
export function closuresOf(stretch: Stretch, retraction: Retraction): Closure[] {
  const { voxels, near, contacts } = stretch;
  const root = contacts[0]?.vertex ?? 0;
  const before = treeFrom(root, near);
  const closures = contacts.map(({ vertex, inside }, c): Closure => {
    const way = wayFromRoot(before, vertex);
    const ends = [contacts[0].inside[0], inside[0]];
    const handles =
      c === 0 ? [] : retraction.of([ends[0], ...way.map((v) => voxels[v]), ends[1]], false).handles;
    return { from: voxels[vertex], to: inside, leaves: true, handles, length: way.length };
  });
  near.forEach((beside, u) => {
    for (const v of beside) {
      if (u >= v || before[u] === v || before[v] === u) continue;
      const ring = wayInTree(before, u, v);
      if (ring.length === 3) continue; // three voxels that touch each other
      const { handles } = retraction.of(
        ring.map((vertex) => voxels[vertex]),
        true,
      );
      closures.push({
        from: voxels[u],
        to: [voxels[v]],
        leaves: false,
        handles,
        length: ring.length,
      });
    }
  });
  return closures;
}

/** Parents in a breadth-first tree. */
function treeFrom(root: number, near: readonly (readonly number[])[]): Int32Array {
  const before = new Int32Array(near.length).fill(-1);
  const order = [root];
  for (const at of order)
    for (const next of near[at])
      if (next !== root && before[next] < 0) {
        before[next] = at;
        order.push(next);
      }
  return before;
}
