/** A vector over the field of two elements: the places of its ones, rising. */
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

  get rank(): number {
    return this.rows.size;
  }

  /** Add a vector; whether it was independent of those before. */
  add(vector: Vector): boolean {
    let rest = vector;
    while (rest.length > 0) {
      const row = this.rows.get(rest[rest.length - 1]);
      if (!row) {
        this.rows.set(rest[rest.length - 1], rest);
        return true;
      }
      rest = sum(rest, row);
    }
    return false;
  }
}
