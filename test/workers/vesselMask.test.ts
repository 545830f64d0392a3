import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leastByte } from '@vessels/inference/blend';
import { vesselMask } from '@vessels/workers/vesselMask';

const BYTES = Uint8Array.of(0, 50, 51, 52, 127, 128, 129, 254, 255);
/** Voxels of half a cubic millimetre, one row. */
const row = (length: number) => ({ dims: [length, 1, 1], spacing: [2, 0.5, 0.5] }) as const;

test('a voxel is vessel when its probability reaches the threshold', () => {
  const at = (threshold: number) => [
    ...vesselMask(BYTES, row(BYTES.length), { threshold, minComponent: 0 }),
  ];
  expect(at(0.2)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1]);
  expect(at(0.5)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  expect(at(1)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(at(0)).toEqual(Array(9).fill(1));
});

test('each byte is compared by itself', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(bytes, fc.double({ min: 0, max: 1, noNaN: true }), (probability, threshold) => {
      const least = leastByte(threshold);
      expect(
        vesselMask(probability, row(probability.length), { threshold, minComponent: 0 }),
      ).toEqual(probability.map((p) => Number(p >= least)));
    }),
  );
});

test('components smaller than so many cubic millimetres are dropped', () => {
  const probability = Uint8Array.of(200, 200, 0, 200, 200, 200, 0, 200);
  const mask = (minComponent: number) => [
    ...vesselMask(probability, row(8), { threshold: 0.5, minComponent }),
  ];
  expect(mask(0.5)).toEqual([1, 1, 0, 1, 1, 1, 0, 1]);
  expect(mask(0.6)).toEqual([1, 1, 0, 1, 1, 1, 0, 0]);
  expect(mask(1.5)).toEqual([0, 0, 0, 1, 1, 1, 0, 0]);
});

test('components smaller than a share of the largest are dropped', () => {
  const probability = Uint8Array.of(200, 200, 0, 200, 200, 200, 200, 0, 200);
  const mask = (minShare: number) => [
    ...vesselMask(probability, row(9), { threshold: 0.5, minComponent: 0, minShare }),
  ];
  expect(mask(0.25)).toEqual([1, 1, 0, 1, 1, 1, 1, 0, 1]);
  expect(mask(0.26)).toEqual([1, 1, 0, 1, 1, 1, 1, 0, 0]);
  expect(mask(0.51)).toEqual([0, 0, 0, 1, 1, 1, 1, 0, 0]);
});
