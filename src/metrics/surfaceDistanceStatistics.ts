/** What the scores need of the distances from one surface to another. */
export interface DistanceStatistics {
  readonly count: number;
  /** mm, as are max and p95. */
  readonly sum: number;
  readonly max: number;
  /** 95th percentile, linear between the two nearest ranks as numpy's default. */
  readonly p95: number;
  /** Distances of at most the tolerance. */
  readonly within: number;
}

/** @param distances mm, at least one; most may be 0 */
export function distanceStatistics(distances: Float32Array, tolerance: number): DistanceStatistics {
  // Two surfaces of one vessel mostly coincide: only what remains is sorted.
  const apart = distances.filter((distance) => distance > 0).sort();
  const zeros = distances.length - apart.length;
  const ranked = (rank: number) => (rank < zeros ? 0 : apart[rank - zeros]);
  // A distance of 0.3 mm is a little more than 0.3 as float32.
  const limit = Math.fround(tolerance);
  return {
    count: distances.length,
    sum: apart.reduce((sum, distance) => sum + distance, 0),
    max: ranked(distances.length - 1),
    p95: percentile(ranked, distances.length, 0.95),
    within: zeros + apart.reduce((count, distance) => count + (distance <= limit ? 1 : 0), 0),
  };
}

/** numpy interpolates from the nearer rank, which rounds in its own way; so do we, to give its numbers. */
function percentile(ranked: (rank: number) => number, count: number, share: number): number {
  const place = share * (count - 1);
  const rank = Math.floor(place);
  const t = place - rank;
  const low = ranked(rank);
  const high = ranked(Math.min(rank + 1, count - 1));
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}
