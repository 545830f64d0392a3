import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { thresholdMask } from '@vessels/inference/threshold';

test('a voxel is vessel when its probability reaches the threshold', () => {
  const probability = Uint8Array.of(0, 50, 51, 52, 127, 128, 129, 254, 255);
  expect([...thresholdMask(probability, 0.2)]).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1]);
  expect([...thresholdMask(probability, 0.5)]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  expect([...thresholdMask(probability, 1)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect([...thresholdMask(probability, 0)]).toEqual(Array(9).fill(1));
});

test('each byte is compared by itself, wherever the array begins in its buffer', () => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(bytes, fc.nat({ max: 7 }), fc.nat({ max: 255 }), (data, skipped, least) => {
      const probability = data.subarray(Math.min(skipped, data.length));
      expect([...thresholdMask(probability, least / 255)]).toEqual(
        Array.from(probability, (p) => (p >= Math.ceil((least / 255) * 255) ? 1 : 0)),
      );
    }),
  );
});
