import { expect, test } from '@jest/globals';
import type { Prediction } from '@vessels/inference/manifest';
import { scoringOf } from '@vessels/inference/scores';

const channels = (...vessels: boolean[]) =>
  vessels.map((vessel, i) => ({ name: `label ${i}`, labels: [i], vessel }));

/** Probability of two voxels from the channels of both. */
function probabilities(prediction: Prediction, output: readonly (readonly [number, number])[]) {
  const scoring = scoringOf(prediction);
  const scores = scoring.keep(Float32Array.from(output.flat()), 2);
  expect(scores).toHaveLength(2 * scoring.kept);
  return [scoring.probability(scores, 0, 2), scoring.probability(scores, 1, 2)];
}

const LN3 = Math.log(3);

test('two labels: the softmax, kept as one number', () => {
  const prediction = { values: 'logits', kind: 'labels', channels: channels(false, true) } as const;
  const [even, three] = probabilities({ ...prediction, channels: [...prediction.channels] }, [
    [5, 0],
    [5, LN3],
  ]);
  expect(even).toBeCloseTo(1 / 2);
  expect(three).toBeCloseTo(3 / 4);
  expect(scoringOf(prediction).kept).toBe(1);
});

test('of more labels the likeliest vessel stands against the likeliest other', () => {
  const [first, second] = probabilities(
    { values: 'logits', kind: 'labels', channels: channels(false, true, true, false) },
    [
      [0, LN3],
      [0, 0],
      [LN3, 0],
      [0, 0],
    ],
  );
  // Odds 3 : 1 for a vessel, and 1 : 3.
  expect(first).toBeCloseTo(3 / 4);
  expect(second).toBeCloseTo(1 / 4);
});

test('vessels that compete do not outvote the background together', () => {
  const [voxel, none] = probabilities(
    { values: 'probabilities', kind: 'labels', channels: channels(false, true, true) },
    [
      [0.4, 0],
      [0.3, 0],
      [0.3, 0],
    ],
  );
  // 0.6 is vessel of some kind, but no kind is as likely as the background.
  expect(voxel).toBeCloseTo(3 / 7);
  expect(none).toBe(0);
});

test('of regions the likeliest counts', () => {
  const logits = probabilities(
    { values: 'logits', kind: 'regions', channels: channels(true, false, true) },
    [
      [LN3, -9],
      [99, 99],
      [0, -LN3],
    ],
  );
  expect(logits[0]).toBeCloseTo(3 / 4);
  expect(logits[1]).toBeCloseTo(1 / 4);
});
