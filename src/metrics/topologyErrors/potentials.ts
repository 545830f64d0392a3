import { sum, type Vector } from './vectors';

/** Disjoint sets whose members each know the vector of a way to their set's root. */
export class PotentialSets {
  private readonly parent: number[];
  private readonly toParent: Vector[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, i) => i);
    this.toParent = Array.from({ length: size }, () => []);
  }

  /**
   * Join two members by a way with a vector.
   * @returns the vector of the loop that the way closes, if the two were in one set already
   */
  join(a: number, b: number, vector: Vector): Vector | undefined {
    const [from, to] = [this.find(a), this.find(b)];
    const around = sum(sum(from.vector, to.vector), vector);
    if (from.root === to.root) return around;
    this.parent[from.root] = to.root;
    this.toParent[from.root] = around;
    return undefined;
  }

  private find(member: number): { root: number; vector: Vector } {
    let [root, vector]: [number, Vector] = [member, []];
    for (; this.parent[root] !== root; root = this.parent[root])
      vector = sum(vector, this.toParent[root]);
    this.parent[member] = root;
    if (member !== root) this.toParent[member] = vector;
    return { root, vector };
  }
}
