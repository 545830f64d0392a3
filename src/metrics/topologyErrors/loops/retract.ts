import FlatQueue from 'flatqueue';
import { neighbourhoodAt, type Neighbourhood } from '../../../skeleton/neighbourhood';
import { lowestBit, type BitVolume } from '../../../volume/bits';
import { Chain } from './chain';
import type { Critical, Descent } from './descent';
import { wayThrough } from './surroundings';
import type { Vector } from './vectors';

/** Where a way has gone to. */
export interface Retracted {
  /** The handles that it passes an odd number of times. */
  readonly handles: Vector;
  /** The voxels of `kept` that a closed way now follows; empty where it was cut. */
  readonly ring: readonly number[];
  /** The ways in `kept` that it was cut into. */
  readonly pieces: readonly (readonly number[])[];
}

/**
 * Follows a descent with ways: each voxel of a way that goes is replaced, in the order of the descent, by a way
 * around it through what is left. So the way stays the same up to homotopy until it lies in `kept`, or leads
 * through a critical voxel from one part of its surroundings to another: there it is cut and the handle noted.
 * A loose end then follows the voxels' own way down, so that each handle stands for one way from `kept` to
 * `kept`.
 */
export class Retraction {
  private readonly criticals: ReadonlyMap<number, Critical>;

  constructor(private readonly descent: Descent) {
    this.criticals = new Map(descent.criticals.map((critical) => [critical.position, critical]));
  }

  /**
   * @param way positions of voxels of the union, each touching the next; an open one begins and ends in `kept`
   * @param closed whether the last voxel touches the first
   */
  of(way: readonly number[], closed: boolean): Retracted {
    const { timeOf, grid } = this.descent;
    const chain = new Chain(way, closed);
    const handles = new Set<number>();
    const queue = new FlatQueue<number>();
    const enqueue = (link: number) => {
      const time = timeOf(chain.position[link]);
      if (time !== Infinity) queue.push(link, time);
    };
    way.forEach((_, link) => enqueue(link));

    for (let link = queue.pop(); link !== undefined; link = queue.pop()) {
      if (chain.isGone(link) || chain.shortened(link)) continue;
      const position = chain.position[link];
      const [before, after] = [chain.before[link], chain.after[link]];
      const critical = this.criticals.get(position);
      const parts = critical?.parts ?? [this.leftAround(position)];
      const placeOf = (end: number) => grid.steps.indexOf(chain.position[end] - position);
      // A loose end leads to the voxel's first part.
      const partOf = (end: number) =>
        end < 0 ? 0 : parts.findIndex((part) => (part >>> placeOf(end)) & 1);
      const positionsOf = (places: readonly number[]) =>
        places.map((place) => position + grid.steps[place]);
      const [from, to] = [partOf(before), partOf(after)];

      chain.cut(link);
      if (before >= 0 && after >= 0 && from === to) {
        const way = wayThrough(parts[from], placeOf(before), placeOf(after)).slice(1, -1);
        chain.insert(before, positionsOf(way), after).forEach(enqueue);
        continue;
      }
      for (const part of [from, to])
        if (critical && part > 0) toggle(handles, critical.firstHandle + part - 1);
      if (before >= 0) {
        const way = wayThrough(parts[from], placeOf(before), this.baseOf(position, parts[from]));
        chain.insert(before, positionsOf(way.slice(1)), -1).forEach(enqueue);
      }
      if (after >= 0) {
        const way = wayThrough(parts[to], this.baseOf(position, parts[to]), placeOf(after));
        chain.insert(-1, positionsOf(way.slice(0, -1)), after).forEach(enqueue);
      }
    }
    return {
      handles: [...handles].sort((a, b) => a - b),
      ring: chain.ring(),
      pieces: chain.ways(),
    };
  }

  /** The neighbours of a voxel that were still there when it went. */
  private leftAround(position: number): Neighbourhood {
    const { timeOf, kept, added, grid } = this.descent;
    const time = timeOf(position);
    let left = this.near(kept, position);
    for (let rest = this.near(added, position) & ~left; rest !== 0; rest &= rest - 1) {
      const place = lowestBit(rest);
      if (timeOf(position + grid.steps[place]) > time) left |= 1 << place;
    }
    return left;
  }

  /** Where a loose end goes on to: into `kept` if it can. */
  private baseOf(position: number, part: Neighbourhood): number {
    const kept = part & this.near(this.descent.kept, position);
    return lowestBit(kept !== 0 ? kept : part);
  }

  private near({ words }: BitVolume, position: number): Neighbourhood {
    const { rowWords, rowsPerPlane } = this.descent.grid.layout;
    return neighbourhoodAt(words, position, rowWords, rowsPerPlane * rowWords);
  }
}

function toggle(set: Set<number>, item: number): void {
  if (!set.delete(item)) set.add(item);
}
