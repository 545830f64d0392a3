const DIGIT = 11;
const BUCKETS = 2 ** DIGIT;

/**
 * Indices of sizes by falling size, equal ones by rising index: a radix sort, since noise can have millions of
 * components.
 */
export function bySize(sizes: Uint32Array): Uint32Array {
  let most = 0;
  for (const size of sizes) if (size > most) most = size;
  let order = new Uint32Array(sizes.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let sorted = new Uint32Array(sizes.length);
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGIT) {
    const next = new Uint32Array(BUCKETS + 1);
    // Turned round, so that the greatest digit comes first.
    const bucketOf = (index: number) => BUCKETS - 1 - ((sizes[index] >>> shift) & (BUCKETS - 1));
    for (let i = 0; i < order.length; i++) next[bucketOf(i) + 1]++;
    for (let b = 1; b <= BUCKETS; b++) next[b] += next[b - 1];
    for (let i = 0; i < order.length; i++) sorted[next[bucketOf(order[i])]++] = order[i];
    [order, sorted] = [sorted, order];
  }
  return order;
}
