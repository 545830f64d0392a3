import type { Neighbourhood } from '../../../skeleton/neighbourhood';
import type { BitVolume } from '../../../volume/bits';
import { holds, type Grid } from '../grid';
import { positionsOutside } from '../packed';
import { Remainder, type Around } from './remainder';

/** A voxel whose deletion changed the topology. */
export interface Critical {
  readonly position: number;
  readonly time: number;
  /** The 26-connected pieces of what was left around it. */
  readonly parts: readonly Neighbourhood[];
  /** The pieces of background that it kept apart. */
  readonly sides: readonly Neighbourhood[];
  /** The handle that leads through it from parts[0] to parts[i] has the number firstHandle + i − 1. */
  readonly firstHandle: number;
}

/**
 * How the union of two masks comes down to one of them, `kept`: one voxel of the other, `added`, goes after the
 * other. Nearly all are simple when they go; the few that are not carry all that the added voxels do to the
 * topology, like the critical cells of a discrete Morse function (Forman 1998).
 */
export interface Descent {
  readonly grid: Grid;
  readonly kept: BitVolume;
  readonly added: BitVolume;
  /** In the order in which they went. */
  readonly criticals: readonly Critical[];
  /** Ways through critical voxels: relative to `kept`, every way is a sum of these (H1 of the pair). */
  readonly handles: number;
  /** When a voxel went: from 0; Infinity for the kept ones, −1 for background of both. */
  timeOf(position: number): number;
}

/**
 * Take away the voxels of `added` outside `kept`, simple ones first, others only where none is simple.
 *
 * @param words of the union of the two; those of `kept` afterwards
 */
export function descend(grid: Grid, kept: BitVolume, added: BitVolume, words: Int32Array): Descent {
  const going = positionsOutside(added, kept);
  const left = new Remainder(grid, kept, words, going);
  left.settle();

  const criticals: Critical[] = [];
  let handles = 0;
  // Voxels that change one thing only go first; enclosed blobs and knots of three ways have none.
  for (let rest = left.among(going), most = 1; rest.length > 0; rest = left.among(rest)) {
    const before = left.gone;
    let least = Infinity;
    for (const position of rest) {
      if (!left.has(position)) continue;
      const around = left.around(position);
      const changes = changesOf(around);
      least = Math.min(least, changes);
      if (changes > most) continue;
      criticals.push({ position, time: left.gone, ...around, firstHandle: handles });
      handles += Math.max(0, around.parts.length - 1);
      left.take(position);
    }
    most = left.gone === before ? least : 1;
  }

  const { ranks, times } = left;
  const timeOf = (position: number) => {
    if (holds(kept.words, position)) return Infinity;
    return holds(added.words, position) ? times[ranks.of(position)] : -1;
  };
  return { grid, kept, added, criticals, handles, timeOf };
}

/** How many components, loops or cavities come or go with a voxel; an enclosed voxel comes last. */
const changesOf = ({ parts, sides }: Around): number =>
  sides.length === 0 ? 27 : Math.abs(parts.length - 1) + sides.length - 1;
