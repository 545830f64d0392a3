import { expect, test } from '@jest/globals';
import { thresholdMask } from '@vessels/inference/threshold';

test('a voxel is vessel when its probability reaches the threshold', () => {
  const probability = Uint8Array.of(0, 50, 51, 52, 255);
  expect([...thresholdMask(probability, 0.2)]).toEqual([0, 0, 1, 1, 1]);
  expect([...thresholdMask(probability, 1)]).toEqual([0, 0, 0, 0, 1]);
});
