// Disjoint sets over 0 … n − 1, a u32 for each member; the smallest member stands for its set.

/** Each member alone in its set. */
export function aloneEach(sets: usize, from: u32, to: u32): void {
  for (let i = from; i < to; i++) store<u32>(sets + (<usize>i << 2), i);
}

/** The smallest member of the set that holds `item`; halves the way to it. */
export function find(sets: usize, item: u32): u32 {
  let at = item;
  let parent = load<u32>(sets + (<usize>at << 2));
  while (parent !== at) {
    const next = load<u32>(sets + (<usize>parent << 2));
    store<u32>(sets + (<usize>at << 2), next);
    at = next;
    parent = load<u32>(sets + (<usize>at << 2));
  }
  return at;
}

/** Make one set of two; false if they were one already. */
// @ts-ignore: decorator
@inline
export function unite(sets: usize, a: u32, b: u32): bool {
  if (load<u32>(sets + (<usize>a << 2)) === load<u32>(sets + (<usize>b << 2))) return false;
  const rootA = find(sets, a);
  const rootB = find(sets, b);
  if (rootA === rootB) return false;
  if (rootA < rootB) store<u32>(sets + (<usize>rootB << 2), rootA);
  else store<u32>(sets + (<usize>rootA << 2), rootB);
  return true;
}
