/**
 * The first index from `low` to before `high` at which rising integers reach a value, by halving; `high` where none
 * does.
 */
export function lowerBound(
  rising: Int32Array | Uint32Array,
  value: number,
  low = 0,
  high = rising.length,
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rising[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
