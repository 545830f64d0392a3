import { UnionFind } from '../../../topology/unionFind';
import type { Critical, Descent } from './descent';
import { faceNeighbours } from '../grid';
import { backgroundAt, type Pieces } from '../pieces';
import type { Retracted, Retraction } from './retract';
import { longestRing } from './rings';
import { faceOf, partedBy, ringsAround } from './surroundings';
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
 * A critical voxel between two sides filled a loop if both sides were one piece of background all the same; else
 * it closed a cavity of the union. The loop is one of `kept` unless added voxels made it: then the ring around
 * the voxel passes handles, and one such ring undoes one handle.
 *
 * @param background of the union
 */
export function filledLoops(descent: Descent, retraction: Retraction, background: Pieces): Filled {
  const { steps } = descent.grid;
  const pieces = piecesBeside(descent, background);
  const relations = new Span();
  const loops: (readonly number[])[] = [];
  const cutUp: Retracted['pieces'][] = [];
  // From the last to the first: what was filled while a voxel was still there is known then.
  for (const [c, critical] of [...descent.criticals.entries()].reverse())
    for (const places of ringsBetween(critical, pieces[c])) {
      const around = places.map((place) => critical.position + steps[place]);
      const { handles, ring, pieces } = retraction.of(around, true);
      const noted = [-cutUp.push(pieces), ...handles];
      if (relations.add(noted)) continue;
      if (ring.length > 0) loops.push(ring);
      // The handles of these rings cancel each other, so that their pieces close rings.
      else loops.push(longestRing(relations.rest(noted).flatMap((note) => cutUp[-note - 1])));
    }
  return { relations, loops };
}

/** Rings around a voxel, one for each side but one of each piece of background, that keep them apart. */
function ringsBetween({ parts, sides }: Critical, pieces: readonly number[]): number[][] {
  if (new Set(pieces).size === pieces.length) return [];
  const parted = new Span();
  return ringsAround(parts.reduce((all, part) => all | part, 0)).filter((ring) => {
    const isParted = partedBy(ring, sides);
    const apart = [...sides.keys()].filter((side) => {
      const first = pieces.indexOf(pieces[side]);
      return isParted[side] !== isParted[first];
    });
    return parted.add(apart);
  });
}

/** For each critical voxel the pieces of background that its sides belonged to just before it went. */
function piecesBeside(descent: Descent, background: Pieces): number[][] {
  const { grid, criticals } = descent;
  const at = new Map(criticals.map(({ position }, c) => [position, c]));
  const sets = new UnionFind(background.runs.count + criticals.length);
  return criticals.map(({ position, sides }) => {
    const pieces = sides.map((side) => sets.find(pieceOf(position + grid.steps[faceOf(side)])));
    for (const piece of pieces) sets.union(piece, pieces[0]);
    return pieces;
  });

  /** The background that a voxel joined when it went: of the union, or the hole that an enclosed voxel left. */
  function pieceOf(position: number): number {
    let [here, time] = [position, descent.timeOf(position)];
    while (time >= 0) {
      const beside = faceNeighbours(grid, here);
      const times = beside.map(descent.timeOf);
      const first = Math.min(...times);
      if (first >= time) return background.runs.count + (at.get(here) ?? 0);
      [here, time] = [beside[times.indexOf(first)], first];
    }
    return backgroundAt(background, grid, here);
  }
}
