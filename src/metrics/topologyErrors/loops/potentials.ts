import { sum, type Vector } from './vectors';

const NONE: Vector = [];

/** Disjoint sets of numbers whose members each know the vector of a way to their set's root. */
export class PotentialSets {
  /** Of members that are not the roots of their sets. */
  private readonly above = new Map<number, { readonly parent: number; readonly vector: Vector }>();

  /** Of sets of several members, by root. */
  private readonly sizes = new Map<number, number>();

  /**
   * Join two members by a way with a vector.
   * @returns the vector of the loop that the way closes, if the two were in one set already
   */
  join(a: number, b: number, vector: Vector): Vector | undefined {
    const [from, to] = [this.find(a), this.find(b)];
    const around = sum(sum(from.vector, to.vector), vector);
    if (from.parent === to.parent) return around;
    const [small, large] =
      this.sizeOf(from.parent) < this.sizeOf(to.parent)
        ? [from.parent, to.parent]
        : [to.parent, from.parent];
    this.above.set(small, { parent: large, vector: around });
    this.sizes.set(large, this.sizeOf(small) + this.sizeOf(large));
    return undefined;
  }

  private sizeOf(root: number): number {
    return this.sizes.get(root) ?? 1;
  }

  /** The root of a member's set, and the vector of the way there; shortens the way. */
  private find(member: number): { readonly parent: number; readonly vector: Vector } {
    const step = this.above.get(member);
    if (!step) return { parent: member, vector: NONE };
    const rest = this.find(step.parent);
    if (rest.parent === step.parent) return step;
    const whole = { parent: rest.parent, vector: sum(step.vector, rest.vector) };
    this.above.set(member, whole);
    return whole;
  }
}
