import { neighbourhoodAt } from '../../../skeleton/neighbourhood';
import { lowestBit, type BitVolume } from '../../../volume/bits';
import type { Grid } from '../grid';

/** Steps between voxels that may not be taken, for now. */
export class ShutSteps {
  private readonly of = new Map<number, Map<number, number>>();

  shut(from: number, to: readonly number[]): void {
    this.count(from, to, 1);
  }

  open(from: number, to: readonly number[]): void {
    this.count(from, to, -1);
  }

  /** How often each step from a voxel is shut, by where it leads to; undefined where none ever was. */
  from(voxel: number): ReadonlyMap<number, number> | undefined {
    return this.of.get(voxel);
  }

  private count(from: number, to: readonly number[], by: 1 | -1): void {
    for (const end of to)
      for (const [a, b] of [
        [from, end],
        [end, from],
      ]) {
        const row = this.of.get(a) ?? new Map<number, number>();
        this.of.set(a, row.set(b, (row.get(b) ?? 0) + by));
      }
  }
}

/**
 * The way with the fewest voxels through a mask from one voxel to another, ends included, found from both ends
 * at once; empty if there is none.
 */
export function wayBetween(
  { steps, layout }: Grid,
  { words }: BitVolume,
  from: number,
  to: number,
  shut: ShutSteps,
): number[] {
  const planeWords = layout.rowsPerPlane * layout.rowWords;
  // The side that has fewer voxels to go on from takes the next round.
  let [near, far] = [from, to].map((end) => ({ before: new Map([[end, -1]]), front: [end] }));
  for (;;) {
    if (near.front.length > far.front.length) [near, far] = [far, near];
    if (near.front.length === 0) return [];
    const next: number[] = [];
    for (const at of near.front) {
      let around = neighbourhoodAt(words, at, layout.rowWords, planeWords);
      const shutHere = shut.from(at);
      for (; around !== 0; around &= around - 1) {
        const position = at + steps[lowestBit(around)];
        if (near.before.has(position) || (shutHere?.get(position) ?? 0) > 0) continue;
        near.before.set(position, at);
        if (far.before.has(position)) {
          const [there, back] = [trail(near.before, position), trail(far.before, position)];
          const way = [...there.reverse(), ...back.slice(1)];
          return way[0] === from ? way : way.reverse();
        }
        next.push(position);
      }
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
