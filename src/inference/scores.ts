import type { ModelManifest, Prediction } from './manifest';

/** A net whose one channel is the probability of vessels. */
const PLAIN: Prediction = Object.freeze({
  values: 'probabilities',
  kind: 'regions',
  channels: [{ name: 'Vessels', labels: [1], vessel: true }],
});

/** What a model's output is. */
export const predictionOf = ({ prediction }: Pick<ModelManifest, 'prediction'>): Prediction =>
  prediction ?? PLAIN;

/** Channels of a model's output. */
export const channelCount = (manifest: Pick<ModelManifest, 'prediction'>): number =>
  predictionOf(manifest).channels.length;

/**
 * How a net's output becomes the probability of vessels: which numbers are kept of each voxel while tiles are blended
 * and resampled, and what is made of them at the end. As in nnU-Net logits are blended and resampled, not
 * probabilities. Fewer numbers than channels are kept where that comes to the same.
 */
export interface Scoring {
  /** Numbers kept of a voxel. */
  readonly kept: number;
  /** The numbers of a tile of n voxels out of its channels; channel after channel, as they come. */
  keep(output: Float32Array, n: number): Float32Array;
  /** Probability that voxel i is vessel, from the numbers of n voxels. */
  probability(scores: Float32Array, i: number, n: number): number;
}

/** The scoring of a prediction; labels that are vessels count as one, by the sum of their probabilities. */
export function scoringOf({ values, kind, channels }: Prediction): Scoring {
  const all = channels.map((_, index) => index);
  const vessels = all.filter((index) => channels[index].vessel);
  const others = all.filter((index) => !channels[index].vessel);
  if (kind === 'regions') return regions(vessels, values === 'logits');
  if (values === 'probabilities') return summed(vessels);
  return channels.length === 2 ? difference(vessels[0], others[0]) : softmax(all, vessels);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const channel = (output: Float32Array, index: number, n: number) =>
  output.subarray(index * n, (index + 1) * n);

/** Of regions each is told for itself, so a voxel is vessel as likely as the likeliest of them. */
function regions(vessels: readonly number[], isLogit: boolean): Scoring {
  const kept = vessels.length;
  return {
    kept,
    keep(output, n) {
      const scores = new Float32Array(kept * n);
      vessels.forEach((index, k) => scores.set(channel(output, index, n), k * n));
      return scores;
    },
    probability(scores, i, n) {
      let greatest = scores[i];
      for (let k = 1; k < kept; k++) greatest = Math.max(greatest, scores[k * n + i]);
      return isLogit ? sigmoid(greatest) : greatest;
    },
  };
}

/** Probabilities of labels add up. */
function summed(vessels: readonly number[]): Scoring {
  return {
    kept: 1,
    keep(output, n) {
      const scores = new Float32Array(n);
      for (const index of vessels) {
        const values = channel(output, index, n);
        for (let i = 0; i < n; i++) scores[i] += values[i];
      }
      return scores;
    },
    probability: (scores, i) => scores[i],
  };
}

/** The softmax of two channels is the sigmoid of their difference, which blends as they do. */
function difference(vessel: number, other: number): Scoring {
  return {
    kept: 1,
    keep(output, n) {
      const [a, b] = [channel(output, vessel, n), channel(output, other, n)];
      return a.map((value, i) => value - b[i]);
    },
    probability: (scores, i) => sigmoid(scores[i]),
  };
}

function softmax(all: readonly number[], vessels: readonly number[]): Scoring {
  return {
    kept: all.length,
    keep: (output) => output,
    probability(scores, i, n) {
      let greatest = -Infinity;
      for (const index of all) greatest = Math.max(greatest, scores[index * n + i]);
      let [whole, part] = [0, 0];
      for (const index of all) whole += Math.exp(scores[index * n + i] - greatest);
      for (const index of vessels) part += Math.exp(scores[index * n + i] - greatest);
      return part / whole;
    },
  };
}
