import { isSimple, neighbourhoodAt, type Neighbourhood } from '../../skeleton/neighbourhood';
import { lowestBit, type BitVolume } from '../../volume/bits';
import { holds, type Grid } from './grid';
import { Ranks } from './ranks';
import { partsAround, sidesAround } from './surroundings';

/** What lies around a voxel. */
export interface Around {
  /** The 26-connected pieces of foreground. */
  readonly parts: readonly Neighbourhood[];
  /** The pieces of background that share a face with it. */
  readonly sides: readonly Neighbourhood[];
}

/** What is left of the union of two masks while the voxels outside one of them, `kept`, go one by one. */
export class Remainder {
  /** Number of voxels gone. */
  gone = 0;
  /** When each went, in the order of `going`. */
  readonly times: Uint32Array;
  readonly ranks: Ranks;
  private readonly words: Int32Array;
  /** Voxels in the queue. */
  private readonly waiting: Int32Array;
  private queue: number[] = [];

  /** @param going the voxels of the union outside `kept`, in raster order */
  constructor(
    private readonly grid: Grid,
    private readonly kept: BitVolume,
    union: BitVolume,
    going: Uint32Array,
  ) {
    this.words = union.words.slice();
    this.waiting = new Int32Array(union.words.length);
    this.times = new Uint32Array(going.length);
    this.ranks = new Ranks(grid.layout, going);
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

  /** Delete those of some voxels that are simple, and what is simple then, until nothing is. */
  settle(positions: Uint32Array): void {
    for (const position of positions) if (this.has(position)) this.test(position);
    this.settleQueue();
  }

  /** Delete a voxel that is not simple, and what is simple then. */
  take(position: number): void {
    this.remove(position, this.neighbours(position));
    this.settleQueue();
  }

  private settleQueue(): void {
    while (this.queue.length > 0) {
      const layer = this.queue;
      this.queue = [];
      for (const position of layer) {
        this.waiting[position >>> 5] &= ~(1 << (position & 31));
        if (this.has(position)) this.test(position);
      }
    }
  }

  private test(position: number): void {
    const neighbours = this.neighbours(position);
    if (isSimple(neighbours)) this.remove(position, neighbours);
  }

  private remove(position: number, neighbours: Neighbourhood): void {
    this.words[position >>> 5] &= ~(1 << (position & 31));
    this.times[this.ranks.of(position)] = this.gone++;
    for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
      const next = position + this.grid.steps[lowestBit(rest)];
      const bit = 1 << (next & 31);
      if (holds(this.kept.words, next) || (this.waiting[next >>> 5] & bit) !== 0) continue;
      this.waiting[next >>> 5] |= bit;
      this.queue.push(next);
    }
  }

  private neighbours(position: number): Neighbourhood {
    const { rowWords, rowsPerPlane } = this.grid.layout;
    return neighbourhoodAt(this.words, position, rowWords, rowsPerPlane * rowWords);
  }
}
