/** Numbers spread evenly over 0 … 1, the same for the same seed on every machine (Marsaglia's xorshift32). */
export function random(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
