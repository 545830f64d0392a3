/** Disjoint sets over 0 … n−1; the smallest member stands for its set, so sets keep raster order. */
export class UnionFind {
  private readonly parent: Uint32Array;
  /** Number of sets. */
  sets: number;

  constructor(size: number) {
    this.parent = new Uint32Array(size).map((_, i) => i);
    this.sets = size;
  }

  /** The smallest member of the set that holds `item`. */
  find(item: number): number {
    const { parent } = this;
    let at = item;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Make one set of two. */
  union(a: number, b: number): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return;
    if (rootA < rootB) this.parent[rootB] = rootA;
    else this.parent[rootA] = rootB;
    this.sets--;
  }
}
