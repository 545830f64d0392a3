import type { BitVolume } from '../../volume/bits';
import { holds, type Grid } from './grid';

/** Steps between voxels that may not be taken, for now. */
export class ShutSteps {
  private readonly of = new Map<number, Map<number, number>>();

  shut(from: number, to: readonly number[], by: 1 | -1 = 1): void {
    for (const end of to) {
      this.count(from, end, by);
      this.count(end, from, by);
    }
  }

  open(from: number, to: readonly number[]): void {
    this.shut(from, to, -1);
  }

  isShut(from: number, to: number): boolean {
    return (this.of.get(from)?.get(to) ?? 0) > 0;
  }

  private count(a: number, b: number, by: number): void {
    const row = this.of.get(a) ?? new Map<number, number>();
    this.of.set(a, row.set(b, (row.get(b) ?? 0) + by));
  }
}

/**
 * The way with the fewest voxels through a mask from one voxel to another, ends included, found from both ends
 * at once; empty if there is none.
 */
export function wayBetween(
  { steps }: Grid,
  { words }: BitVolume,
  from: number,
  to: number,
  shut: ShutSteps,
): number[] {
  // The side that has fewer voxels to go on from takes the next round.
  const sides = [from, to].map((end) => ({ before: new Map([[end, -1]]), front: [end] }));
  for (;;) {
    const [near, far] = sides.sort((a, b) => a.front.length - b.front.length);
    if (near.front.length === 0) return [];
    const next: number[] = [];
    for (const at of near.front)
      for (const step of steps) {
        const position = at + step;
        if (near.before.has(position) || !holds(words, position) || shut.isShut(at, position))
          continue;
        near.before.set(position, at);
        if (far.before.has(position)) {
          const [there, back] = [trail(near.before, position), trail(far.before, position)];
          const way = [...there.reverse(), ...back.slice(1)];
          return way[0] === from ? way : way.reverse();
        }
        next.push(position);
      }
    near.front = next;
  }
}

/** From a voxel back to where a search began. */
function trail(before: ReadonlyMap<number, number>, from: number): number[] {
  const way: number[] = [];
  for (let at = from; at >= 0; at = before.get(at) ?? -1) way.push(at);
  return way;
}
