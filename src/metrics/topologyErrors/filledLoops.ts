import { UnionFind } from '../../topology/unionFind';
import type { Descent } from './descent';
import { faceNeighbours } from './grid';
import { backgroundAt, type Regions } from './regions';
import type { Retraction } from './retract';
import { faceOf, ringsAround } from './surroundings';
import { Span } from './vectors';

export interface Filled {
  /** Sums of handles that come to nothing in the union. */
  readonly relations: Span;
  /** The loops of `kept` that `added` fills, each as a ring of voxels around what fills it. */
  readonly loops: readonly (readonly number[])[];
}

/**
 * The loops of the `kept` mask of a descent that the other mask fills (kernel of H1(kept) → H1(union)).
 *
 * A critical voxel that kept two sides apart either closed a cavity of the union, if the sides are two pieces
 * of background when it goes, or filled a loop. The loop is one of `kept` unless the added voxels made it
 * themselves: then the ring around the voxel passes handles.
 *
 * @param background of the union
 */
export function filledLoops(descent: Descent, retraction: Retraction, background: Regions): Filled {
  const { steps } = descent.grid;
  const filling = loopsFilledBy(descent, background);
  const relations = new Span();
  const loops: (readonly number[])[] = [];
  // From the last to the first: what was filled when a voxel was still there is known then.
  for (const [c, critical] of [...descent.criticals.entries()].reverse()) {
    if (critical.sides.length < 2) continue;
    const rings = ringsAround(critical.parts.reduce((all, part) => all | part, 0))
      .map((places) => places.map((place) => critical.position + steps[place]))
      .map((ring) => ({ before: ring, ...retraction.of(ring, true) }));
    const fillings = rings.filter(({ handles }) => !relations.add(handles));
    const spent = rings.length - fillings.length;
    for (const { ring, before } of fillings.slice(0, filling[c] - spent))
      loops.push(ring.length > 0 ? ring : before);
  }
  return { relations, loops };
}

/** For each critical voxel the number of loops that it filled: its sides but one, less the cavities it closed. */
function loopsFilledBy(descent: Descent, background: Regions): number[] {
  const { grid, criticals } = descent;
  const at = new Map(criticals.map(({ position }, c) => [position, c]));
  const pieces = background.runs.count;
  const sets = new UnionFind(pieces + criticals.length);
  return criticals.map((critical) => {
    const roots = critical.sides.map((side) =>
      pieceOf(critical.position + grid.steps[faceOf(side)]),
    );
    const before = sets.sets;
    for (const root of roots) sets.union(root, roots[0]);
    return Math.max(0, critical.sides.length - 1) - (before - sets.sets);
  });

  /** The background that a voxel joined when it went: of the union, or the hole that an enclosed voxel left. */
  function pieceOf(position: number): number {
    let [here, time] = [position, descent.timeOf(position)];
    while (time >= 0) {
      const beside = faceNeighbours(grid, here);
      const times = beside.map(descent.timeOf);
      const first = Math.min(...times);
      if (first >= time) return pieces + (at.get(here) ?? 0);
      [here, time] = [beside[times.indexOf(first)], first];
    }
    return backgroundAt(background, grid, here);
  }
}
