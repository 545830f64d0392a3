/** A way of voxels as a doubly linked list that can be changed anywhere. Links are numbers; −1 is none. */
export class Chain {
  readonly position: number[];
  readonly before: number[];
  readonly after: number[];
  private readonly gone: boolean[];

  constructor(
    way: readonly number[],
    private readonly closed: boolean,
  ) {
    const last = way.length - 1;
    this.position = [...way];
    this.before = way.map((_, link) => (link > 0 ? link - 1 : closed ? last : -1));
    this.after = way.map((_, link) => (link < last ? link + 1 : closed ? 0 : -1));
    this.gone = way.map(() => false);
  }

  isGone(link: number): boolean {
    return this.gone[link];
  }

  /** Whether a link could be dropped as a step on the spot or as the tip of a step there and back; then it is. */
  shortened(link: number): boolean {
    const [before, after] = [this.before[link], this.after[link]];
    const same = (other: number) =>
      other >= 0 && this.position[other] === this.position[link] && other !== link;
    if (before === link || before === after || same(before) || same(after)) {
      if (before < 0 && after < 0) return false;
      this.drop(link);
      return true;
    }
    if (before < 0 || after < 0 || this.position[before] !== this.position[after]) return false;
    this.drop(link);
    this.drop(after);
    return true;
  }

  /** Put voxels between two links that follow each other, or at a loose end (−1); the new links. */
  insert(before: number, positions: readonly number[], after: number): number[] {
    let last = before;
    const links = positions.map((position) => {
      const link = this.position.push(position) - 1;
      this.before.push(-1);
      this.after.push(-1);
      this.gone.push(false);
      this.join(last, link);
      return (last = link);
    });
    this.join(last, after);
    return links;
  }

  /** Take a link out and leave two loose ends. */
  cut(link: number): void {
    this.gone[link] = true;
    if (this.before[link] >= 0) this.after[this.before[link]] = -1;
    if (this.after[link] >= 0) this.before[this.after[link]] = -1;
  }

  /** The voxels of a closed way that was never cut. */
  ring(): number[] {
    const start = this.gone.indexOf(false);
    if (!this.closed || start < 0) return [];
    const ring: number[] = [];
    for (let link = start; link >= 0; link = this.after[link]) {
      ring.push(this.position[link]);
      if (this.after[link] === start) return ring;
    }
    return [];
  }

  /** The ways that are left, from loose end to loose end. */
  ways(): number[][] {
    const ways: number[][] = [];
    for (let start = 0; start < this.gone.length; start++) {
      if (this.gone[start] || this.before[start] >= 0) continue;
      const way: number[] = [];
      for (let link = start; link >= 0; link = this.after[link]) way.push(this.position[link]);
      ways.push(way);
    }
    return ways;
  }

  private drop(link: number): void {
    this.gone[link] = true;
    const [before, after] = [this.before[link], this.after[link]];
    if (before === link) return;
    this.join(before, after);
  }

  private join(before: number, after: number): void {
    if (before >= 0) this.after[before] = after;
    if (after >= 0) this.before[after] = before;
  }
}
