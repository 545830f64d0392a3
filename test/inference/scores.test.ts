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

test('of more labels those that are vessels count together', () => {
  const [first, second] = probabilities(
    { values: 'logits', kind: 'labels', channels: channels(false, true, true, false) },
    [
      [0, LN3],
      [0, 0],
      [LN3, 0],
      [0, 0],
    ],
  );
  // Odds 1 : 1 : 3 : 1 and 3 : 1 : 1 : 1.
  expect(first).toBeCloseTo(4 / 6);
  expect(second).toBeCloseTo(2 / 6);
});

test('probabilities of labels add up', () => {
  const [first, second] = probabilities(
    { values: 'probabilities', kind: 'labels', channels: channels(false, true, true) },
    [
      [0.25, 1],
      [0.5, 0],
      [0.25, 0],
    ],
  );
  expect([first, second]).toEqual([0.75, 0]);
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
