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

/**
 * The scoring of a prediction. Labels that are vessels count as one: the likeliest of them against the likeliest other
 * label. So a voxel reaches 0.5 exactly where nnU-Net gives it a label that is vessel. The sum of the vessels'
 * probabilities would be greater where several of them compete, and call voxels vessel that nnU-Net calls background.
 */
export function scoringOf({ values, kind, channels }: Prediction): Scoring {
  const all = channels.map((_, index) => index);
  const vessels = all.filter((index) => channels[index].vessel);
  const others = all.filter((index) => !channels[index].vessel);
  const isLogit = values === 'logits';
  if (kind === 'regions') return regions(vessels, isLogit);
  return isLogit && channels.length === 2
    ? difference(vessels[0], others[0])
    : rivals(channels.length, vessels, others, isLogit);
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

/** The likeliest vessel against the likeliest other label. */
function rivals(
  kept: number,
  vessels: readonly number[],
  others: readonly number[],
  isLogit: boolean,
): Scoring {
  const greatest = (of: readonly number[], scores: Float32Array, i: number, n: number) =>
    of.reduce((most, index) => Math.max(most, scores[index * n + i]), -Infinity);
  return {
    kept,
    keep: (output) => output,
    probability(scores, i, n) {
      const [vessel, other] = [greatest(vessels, scores, i, n), greatest(others, scores, i, n)];
      return isLogit ? sigmoid(vessel - other) : vessel / Math.max(vessel + other, LEAST);
    },
  };
}

/** Least sum that is divided by: probabilities of all but nothing mean no vessel. */
const LEAST = 1e-8;
