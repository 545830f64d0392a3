import { isSimple, neighbourhoodAt, type Neighbourhood } from '../../skeleton/neighbourhood';
import { lowestBit, popcount, type BitVolume } from '../../volume/bits';
import { holds, positionsOutside, rowAt, type Grid } from './grid';
import { partsAround, sidesAround } from './surroundings';

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

/** Take away the voxels of `added` outside `kept`, simple ones first, others only where none is simple. */
export function descend(grid: Grid, kept: BitVolume, added: BitVolume): Descent {
  const going = positionsOutside(added, kept);
  const order = new Uint32Array(going.length);
  const left = new Remainder(grid, kept, added, order);
  left.settle(going);

  const criticals: Critical[] = [];
  let handles = 0;
  const take = (position: number, around: Around): void => {
    criticals.push({ position, time: left.gone, ...around, firstHandle: handles });
    handles += Math.max(0, around.parts.length - 1);
    left.settle(left.remove(position));
  };
  for (let rest = left.among(going); rest.length > 0; rest = left.among(rest)) {
    const before = left.gone;
    let [cheapest, cost] = [rest[0], Infinity];
    for (const position of rest) {
      if (!left.has(position)) continue;
      const around = left.around(position);
      const changes = changesOf(around);
      if (changes <= 1) take(position, around);
      else if (changes < cost) [cheapest, cost] = [position, changes];
    }
    // No voxel changes one thing only; enclosed blobs and knots of three ways come here.
    if (left.gone === before) take(cheapest, left.around(cheapest));
  }

  const index = new Ranks(grid, kept, added);
  const times = new Uint32Array(order.length);
  order.forEach((position, time) => (times[index.of(position)] = time));
  const timeOf = (position: number) => {
    if (holds(kept.words, position)) return Infinity;
    return holds(added.words, position) ? times[index.of(position)] : -1;
  };
  return { grid, kept, added, criticals, handles, timeOf };
}

type Around = Pick<Critical, 'parts' | 'sides'>;

/** How many components, loops or cavities come or go with a voxel; an enclosed voxel comes last. */
const changesOf = ({ parts, sides }: Around): number =>
  sides.length === 0 ? 27 : Math.abs(parts.length - 1) + sides.length - 1;

/** What is left of the union on its way down. */
class Remainder {
  /** Voxels gone so far. */
  gone = 0;
  private readonly words: Int32Array;
  /** Voxels in the queue. */
  private readonly waiting: Int32Array;

  constructor(
    private readonly grid: Grid,
    private readonly kept: BitVolume,
    added: BitVolume,
    private readonly order: Uint32Array,
  ) {
    this.words = kept.words.map((word, w) => word | added.words[w]);
    this.waiting = new Int32Array(this.words.length);
  }

  has(position: number): boolean {
    return holds(this.words, position);
  }

  among(positions: Uint32Array): Uint32Array {
    return positions.filter((position) => this.has(position));
  }

  around(position: number): Around {
    const foreground = this.neighbours(position);
    return { parts: partsAround(foreground), sides: sidesAround(foreground) };
  }

  /** Take a voxel away; its neighbours that may go. */
  remove(position: number): number[] {
    this.words[position >>> 5] &= ~(1 << (position & 31));
    this.order[this.gone++] = position;
    const { steps } = this.grid;
    const near: number[] = [];
    for (let rest = this.neighbours(position); rest !== 0; rest &= rest - 1) {
      const next = position + steps[lowestBit(rest)];
      if (!holds(this.kept.words, next)) near.push(next);
    }
    return near;
  }

  /** Delete simple voxels, layer by layer, beginning with these and going on to the neighbours of the deleted. */
  settle(first: ArrayLike<number>): void {
    const queue = Array.from(first);
    for (const position of queue) this.waiting[position >>> 5] |= 1 << (position & 31);
    for (const position of queue) {
      this.waiting[position >>> 5] &= ~(1 << (position & 31));
      if (!isSimple(this.neighbours(position))) continue;
      for (const next of this.remove(position))
        if (!holds(this.waiting, next)) {
          this.waiting[next >>> 5] |= 1 << (next & 31);
          queue.push(next);
        }
    }
  }

  private neighbours(position: number): Neighbourhood {
    const { rowWords, rowsPerPlane } = this.grid.layout;
    return neighbourhoodAt(this.words, position, rowWords, rowsPerPlane * rowWords);
  }
}

/** The rank of each voxel of `added` outside `kept`, in raster order. */
class Ranks {
  private readonly rowFirst: Uint32Array;

  constructor(
    private readonly grid: Grid,
    private readonly kept: BitVolume,
    private readonly added: BitVolume,
  ) {
    const { rowCount, rowWords } = grid.layout;
    this.rowFirst = new Uint32Array(rowCount);
    for (let row = 0, rank = 0; row < rowCount; row++) {
      this.rowFirst[row] = rank;
      if (added.occupied[row] === 0) continue;
      for (let w = row * rowWords; w < (row + 1) * rowWords; w++) rank += popcount(this.outside(w));
    }
  }

  of(position: number): number {
    const row = rowAt(this.grid, position);
    const word = position >>> 5;
    let rank = this.rowFirst[row];
    for (let w = row * this.grid.layout.rowWords; w < word; w++) rank += popcount(this.outside(w));
    return rank + popcount(this.outside(word) & ~(-1 << (position & 31)));
  }

  private outside(w: number): number {
    return this.added.words[w] & ~this.kept.words[w];
  }
}
