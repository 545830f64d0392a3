/**
 * A vector over the field of two elements: the places of its ones, rising. Places below 0 are notes: they go along
 * in sums, and tell what a vector was summed from, but a vector that has no others counts as 0.
 */
export type Vector = readonly number[];

/** Sum of two vectors. */
export function sum(a: Vector, b: Vector): Vector {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [p, q] = [a[i] ?? Infinity, b[j] ?? Infinity];
    if (p !== q) out.push(Math.min(p, q));
    if (p <= q) i++;
    if (q <= p) j++;
  }
  return out;
}

/** What a growing set of vectors spans, in echelon form. */
export class Span {
  /** By the place of the last one. */
  private readonly rows = new Map<number, Vector>();

  /** Add a vector; whether it was independent of those before. */
  add(vector: Vector): boolean {
    const rest = this.rest(vector);
    const last = rest[rest.length - 1];
    if (!(last >= 0)) return false;
    this.rows.set(last, rest);
    return true;
  }

  /** What remains of a vector less those of the span: only notes, if it is one of them. */
  rest(vector: Vector): Vector {
    let rest = vector;
    for (;;) {
      const row = this.rows.get(rest[rest.length - 1]);
      if (!row) return rest;
      rest = sum(rest, row);
    }
  }
}
