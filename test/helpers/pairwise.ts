/**
 * Rows of levels, one for each factor, in which every pair of levels of two factors stands at least once: greedily,
 * always the same. Far fewer than all combinations, and most mistakes need but two levels to meet.
 *
 * @param levels how many levels each factor has
 */
export function pairwise(levels: readonly number[]): number[][] {
  const open = new Set<string>();
  const key = (f: number, a: number, g: number, b: number) => `${f}.${a}.${g}.${b}`;
  levels.forEach((n, f) =>
    levels.slice(f + 1).forEach((m, offset) => {
      for (let a = 0; a < n; a++)
        for (let b = 0; b < m; b++) open.add(key(f, a, f + 1 + offset, b));
    }),
  );
  /** Pairs that a level would add to a row of which some levels are chosen. */
  const gain = (row: readonly (number | undefined)[], f: number, level: number) =>
    row.reduce<number>((sum, other, g) => {
      if (other === undefined || g === f) return sum;
      return sum + (open.has(g < f ? key(g, other, f, level) : key(f, level, g, other)) ? 1 : 0);
    }, 0);
  const rows: number[][] = [];
  while (open.size > 0) {
    // begin with a pair that is still open, then take the level that adds most for each other factor
    const [f, a, g, b] = [...open][0]!.split('.').map(Number) as [number, number, number, number];
    const row: (number | undefined)[] = levels.map(() => undefined);
    row[f] = a;
    row[g] = b;
    levels.forEach((n, factor) => {
      if (row[factor] !== undefined) return;
      const gains = Array.from({ length: n }, (_, level) => gain(row, factor, level));
      row[factor] = gains.indexOf(Math.max(...gains));
    });
    const full = row as number[];
    full.forEach((level, i) =>
      full.slice(i + 1).forEach((other, j) => open.delete(key(i, level, i + 1 + j, other))),
    );
    rows.push(full);
  }
  return rows;
}
