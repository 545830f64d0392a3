/**
 * The longest of the simple rings that some ways close together, where steps that are taken an even number of times
 * are not taken at all.
 *
 * @param ways between voxels at each of which an even number of them ends
 */
export function longestRing(ways: readonly (readonly number[])[]): number[] {
  const near = new Map<number, Set<number>>();
  const toggle = (from: number, to: number) => {
    const steps = near.get(from) ?? new Set<number>();
    if (!steps.delete(to)) steps.add(to);
    near.set(from, steps);
  };
  for (const way of ways)
    for (let i = 1; i < way.length; i++) {
      if (way[i] === way[i - 1]) continue;
      toggle(way[i - 1], way[i]);
      toggle(way[i], way[i - 1]);
    }

  let longest: number[] = [];
  for (const start of near.keys()) {
    // Go on until a voxel is met again: that is a ring, and the way goes on from there without it.
    const way = [start];
    const at = new Map([[start, 0]]);
    for (;;) {
      const here = way[way.length - 1];
      const [next] = near.get(here) ?? [];
      if (next === undefined) break;
      toggle(here, next);
      toggle(next, here);
      const met = at.get(next);
      if (met === undefined) {
        at.set(next, way.push(next) - 1);
        continue;
      }
      const ring = way.splice(met + 1);
      for (const position of ring) at.delete(position);
      if (ring.length + 1 > longest.length) longest = [next, ...ring];
    }
  }
  return longest;
}
