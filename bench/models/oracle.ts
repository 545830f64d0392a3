import { dice } from '@vessels/metrics/overlap';
import { labelComponents } from '@vessels/topology/components';
import type { Vec3 } from '@vessels/volume/geometry';

/** Shares of the voxels below the thresholds that an oracle tries, in percent. */
const QUANTILES = [60, 70, 80, 85, 90, 93, 95, 96, 97, 98, 98.5, 99, 99.3, 99.5, 99.7, 99.8, 99.9];
/** What a component above the low threshold has to reach, in the same shares. */
const SEEDS = [95, 98, 99, 99.7, 99.9];

/** Voxel values that lie above the given shares (percent) of all. */
function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float32Array.from(values).sort();
  return shares.map((share) => sorted[Math.floor((share / 100) * (sorted.length - 1))]);
}

function above(values: ArrayLike<number>, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = Number(values[i] > threshold);
  return mask;
}

/** What stands in a table for each label. */
function labelled(table: Float32Array, labels: ArrayLike<number>): Float32Array {
  const values = new Float32Array(labels.length);
  for (let i = 0; i < values.length; i++) values[i] = table[labels[i]];
  return values;
}

/** The mask, of those that `masks` gives, with the best Dice; each is finished (filtered, cut) before. */
function best(
  masks: Iterable<Uint8Array>,
  truth: Uint8Array,
  finish: (mask: Uint8Array) => Uint8Array,
): Uint8Array {
  let chosen: Uint8Array = new Uint8Array(truth.length);
  let highest = -1;
  for (const mask of masks) {
    const finished = finish(mask);
    const score = dice(finished, truth);
    if (score > highest) [chosen, highest] = [finished, score];
  }
  return chosen;
}

/** The best threshold, found with the truth. */
export const oracleThreshold = (
  values: ArrayLike<number>,
  truth: Uint8Array,
  finish: (mask: Uint8Array) => Uint8Array,
): Uint8Array =>
  best(
    quantiles(values, QUANTILES).map((threshold) => above(values, threshold)),
    truth,
    finish,
  );

/** The best pair of hysteresis thresholds, found with the truth: components above the low that reach the high. */
export function oracleHysteresis(
  values: ArrayLike<number>,
  dims: Vec3,
  truth: Uint8Array,
  finish: (mask: Uint8Array) => Uint8Array,
): Uint8Array {
  const seeds = quantiles(values, SEEDS);
  function* masks(): Generator<Uint8Array> {
    for (const low of quantiles(values, QUANTILES)) {
      const { labels, count } = labelComponents(above(values, low), dims, 26);
      const peaks = new Float32Array(count + 1).fill(-Infinity);
      for (let v = 0; v < labels.length; v++)
        if (values[v] > peaks[labels[v]]) peaks[labels[v]] = values[v];
      peaks[0] = -Infinity;
      for (const high of seeds) if (high > low) yield above(labelled(peaks, labels), high);
    }
  }
  return best(masks(), truth, finish);
}
