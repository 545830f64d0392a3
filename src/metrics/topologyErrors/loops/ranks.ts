import type { BitLayout } from '../../../volume/bits';
import { lowerBound } from '../../../volume/lowerBound';

/** The ranks of positions in a rising list of them. */
export class Ranks {
  /** For each row of the packed volume the rank of the first position in it or behind it. */
  private readonly rowFirst: Uint32Array;
  private readonly rowBits: number;

  constructor(
    { rowCount, rowWords }: BitLayout,
    private readonly positions: Uint32Array,
  ) {
    this.rowBits = 32 * rowWords;
    this.rowFirst = new Uint32Array(rowCount + 1);
    for (const position of positions) this.rowFirst[Math.floor(position / this.rowBits) + 1]++;
    for (let row = 0; row < rowCount; row++) this.rowFirst[row + 1] += this.rowFirst[row];
  }

  /** The rank of a position, which must be in the list. */
  of(position: number): number {
    const row = Math.floor(position / this.rowBits);
    return lowerBound(this.positions, position, this.rowFirst[row], this.rowFirst[row + 1]);
  }
}
