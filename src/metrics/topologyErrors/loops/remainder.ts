import { isSimple, neighbourhoodAt, type Neighbourhood } from '../../../skeleton/neighbourhood';
import { lowestBit, type BitVolume } from '../../../volume/bits';
import { holds, type Grid } from '../grid';
import { Ranks } from './ranks';
import { CENTRE, partsAround, sidesAround } from './surroundings';

/** What lies around a voxel. */
export interface Around {
  /** The 26-connected pieces of foreground. */
  readonly parts: readonly Neighbourhood[];
  /** The pieces of background that share a face with it. */
  readonly sides: readonly Neighbourhood[];
}

/** The places that come before a voxel in raster order. */
const EARLIER = (1 << CENTRE) - 1;

/** What is left of the union of two masks while the voxels outside one of them, `kept`, go one by one. */
export class Remainder {
  /** Number of voxels gone. */
  gone = 0;
  /** When each went, in the order of `going`. */
  readonly times: Uint32Array;
  readonly ranks: Ranks;
  private queue: number[] = [];

  /**
   * @param words of the union; in the end those of `kept`
   * @param going the voxels of the union outside `kept`, in raster order
   */
  constructor(
    private readonly grid: Grid,
    private readonly kept: BitVolume,
    private readonly words: Int32Array,
    private readonly going: Uint32Array,
  ) {
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
    const foreground = this.neighbours(this.words, position);
    return { parts: partsAround(foreground), sides: sidesAround(foreground) };
  }

  /** Delete the voxels that are simple, and what is simple then, until nothing is. */
  settle(): void {
    this.going.forEach((position, rank) => {
      const neighbours = this.neighbours(this.words, position);
      // Later neighbours have their turn anyway.
      if (isSimple(neighbours)) this.remove(position, rank, neighbours & EARLIER);
    });
    this.settleQueue();
  }

  /** Delete a voxel that is not simple, and what is simple then. */
  take(position: number): void {
    this.remove(position, this.ranks.of(position), this.neighbours(this.words, position));
    this.settleQueue();
  }

  private settleQueue(): void {
    while (this.queue.length > 0) {
      const layer = this.queue;
      this.queue = [];
      for (const position of layer) {
        if (!this.has(position)) continue;
        const neighbours = this.neighbours(this.words, position);
        if (isSimple(neighbours)) this.remove(position, this.ranks.of(position), neighbours);
      }
    }
  }

  /** @param disturbed neighbours that may be simple now */
  private remove(position: number, rank: number, disturbed: Neighbourhood): void {
    this.words[position >>> 5] &= ~(1 << (position & 31));
    this.times[rank] = this.gone++;
    if (disturbed === 0) return;
    let rest = disturbed & ~this.neighbours(this.kept.words, position);
    for (; rest !== 0; rest &= rest - 1)
      this.queue.push(position + this.grid.steps[lowestBit(rest)]);
  }

  private neighbours(words: Int32Array, position: number): Neighbourhood {
    const { rowWords, rowsPerPlane } = this.grid.layout;
    return neighbourhoodAt(words, position, rowWords, rowsPerPlane * rowWords);
  }
}
