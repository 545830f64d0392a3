import FlatQueue from 'flatqueue';
import { lowestBit, popcount, type BitVolume } from '../volume/bits';
import { isEnd, isSimple, neighbourhoodAt } from './neighbourhood';
import { ANCHORED, type Ranks } from './orderedRanks';
import { withCount } from './thinningPlain';

/** What an ordered thinning needs to know. */
export interface Ordered extends Ranks {
  /** Packed along x; not changed. */
  readonly volume: BitVolume;
  readonly keepEnds: boolean;
}

/** Which parities of the indices a field has, in the order of the fields. */
const FIELDS = Object.freeze([0, 1, 2, 3, 4, 5, 6, 7]);

/** The specification of `thinByScore`. */
export function thinOrderedPlain({ volume, ranks, levels, keepEnds }: Ordered): BitVolume {
  const thinned = { ...volume, words: volume.words.slice() };
  const { words, rowWords, rowsPerPlane } = thinned;
  const planeWords = rowsPerPlane * rowWords;
  const voxels = new Voxels(volume);
  const waiting = new WaitingVoxels(ranks, levels);
  for (const field of FIELDS)
    for (let voxel = 0; voxel < volume.count; voxel++)
      if (voxels.fieldOf(voxel) === field) waiting.add(voxel);

  for (let voxel = waiting.next(); voxel !== undefined; voxel = waiting.next()) {
    const position = voxels.positions[voxel];
    const neighbours = neighbourhoodAt(words, position, rowWords, planeWords);
    if (!isSimple(neighbours) || (keepEnds && isEnd(neighbours))) continue;
    words[position >>> 5] &= ~(1 << (position & 31));
    for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
      const bit = lowestBit(rest);
      const [a, b, c] = [bit % 3, Math.floor(bit / 3) % 3, Math.floor(bit / 9)];
      const row = (b - 1) * rowWords + (c - 1) * planeWords;
      waiting.add(voxels.at(position + 32 * row + a - 1));
    }
  }
  return withCount(thinned);
}

/** The foreground voxels, numbered in raster order. */
class Voxels {
  /** Bit of each voxel. */
  readonly positions: Uint32Array;
  /** Number of the first voxel of each word. */
  private readonly first: Uint32Array;

  constructor(private readonly volume: BitVolume) {
    const { words, count } = volume;
    this.positions = new Uint32Array(count);
    this.first = new Uint32Array(words.length);
    let found = 0;
    words.forEach((word, w) => {
      this.first[w] = found;
      for (let rest = word; rest !== 0; rest &= rest - 1)
        this.positions[found++] = 32 * w + lowestBit(rest);
    });
  }

  /** The number of the voxel at a bit. */
  at(position: number): number {
    const before = this.volume.words[position >>> 5] & ((1 << (position & 31)) - 1);
    return this.first[position >>> 5] + popcount(before);
  }

  /** Parities of bit, row and plane. */
  fieldOf(voxel: number): number {
    const { rowWords, rowsPerPlane } = this.volume;
    const position = this.positions[voxel];
    const row = Math.floor((position >>> 5) / rowWords);
    const plane = Math.floor(row / rowsPerPlane);
    return (position & 1) | (((row - plane * rowsPerPlane) & 1) << 1) | ((plane & 1) << 2);
  }
}

const NONE = 2 ** 32 - 1;

/** A line of voxels for each rank, and the ranks where someone waits. */
class WaitingVoxels {
  private readonly busy = new FlatQueue<number>();
  private readonly heads: Uint32Array;
  private readonly tails: Uint32Array;
  private readonly behind: Uint32Array;
  private readonly isWaiting: Uint8Array;

  constructor(
    private readonly ranks: Uint32Array,
    levels: number,
  ) {
    this.heads = new Uint32Array(levels).fill(NONE);
    this.tails = new Uint32Array(levels);
    this.behind = new Uint32Array(ranks.length);
    this.isWaiting = new Uint8Array(ranks.length);
  }

  add(voxel: number): void {
    const rank = this.ranks[voxel];
    if (rank === ANCHORED || this.isWaiting[voxel] === 1) return;
    this.isWaiting[voxel] = 1;
    this.behind[voxel] = NONE;
    if (this.heads[rank] === NONE) {
      this.heads[rank] = voxel;
      this.busy.push(rank, rank);
    } else this.behind[this.tails[rank]] = voxel;
    this.tails[rank] = voxel;
  }

  next(): number | undefined {
    const rank = this.busy.peek();
    if (rank === undefined) return undefined;
    const voxel = this.heads[rank];
    this.heads[rank] = this.behind[voxel];
    if (this.heads[rank] === NONE) this.busy.pop();
    this.isWaiting[voxel] = 0;
    return voxel;
  }
}
