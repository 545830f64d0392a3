/** The vertices from the root of a tree to one of its vertices; `before` holds the parent of each, −1 for roots. */
export function wayFromRoot(before: ArrayLike<number>, vertex: number): number[] {
  const way = [vertex];
  while (before[way[way.length - 1]] >= 0) way.push(before[way[way.length - 1]]);
  return way.reverse();
}

/** The vertices from a to b in a tree. */
export function wayInTree(before: ArrayLike<number>, a: number, b: number): number[] {
  const [up, down] = [wayFromRoot(before, a), wayFromRoot(before, b)];
  let shared = 0;
  while (shared + 1 < Math.min(up.length, down.length) && up[shared + 1] === down[shared + 1])
    shared++;
  return [...up.slice(shared).reverse(), ...down.slice(shared + 1)];
}
