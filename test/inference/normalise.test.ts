import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { intensityMap } from '@vessels/inference/normalise';
import { percentiles } from '@vessels/inference/orderStatistics';
import type { Voxels } from '@vessels/volume/volume';
import { manifest } from './helpers/models';

/** Percentile by sorting: the definition. */
function bySorting(values: readonly number[], percentile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (percentile / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(rank)];
  return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)] - low);
}

const percentile = fc.double({ min: 0, max: 100, noNaN: true });
const kinds: readonly [string, fc.Arbitrary<number>, (values: number[]) => Voxels][] = [
  ['Int8Array', fc.integer({ min: -128, max: 127 }), (v) => Int8Array.from(v)],
  ['Uint8Array', fc.integer({ min: 0, max: 255 }), (v) => Uint8Array.from(v)],
  ['Int16Array', fc.integer({ min: -32768, max: 32767 }), (v) => Int16Array.from(v)],
  ['Uint16Array', fc.integer({ min: 0, max: 65535 }), (v) => Uint16Array.from(v)],
  ['Int32Array', fc.integer(), (v) => Int32Array.from(v)],
  ['Float32Array', fc.float({ noNaN: true, noDefaultInfinity: true }), (v) => Float32Array.from(v)],
];

test.each(kinds)('percentiles of %s are those of the sorted voxels', (_, value, make) => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), percentile, percentile, (values, p, q) => {
      const data = make(values);
      const wanted = [p, q].map((each) => bySorting([...data], each));
      expect(percentiles(data, [p, q]).map((v) => v + 0)).toEqual(wanted.map((v) => v + 0));
    }),
  );
});

test('percentiles of a volume longer than one chunk', () => {
  const data = Float32Array.from({ length: 200_001 }, (_, i) => (i * 7919) % 200_001);
  expect(percentiles(data, [0, 50, 99.5, 100])).toEqual([0, 100_000, 199_000, 200_000]);
});

test('by percentile, the median becomes 0 and the percentile 1', () => {
  const data = Int16Array.from({ length: 101 }, (_, i) => 10 * i);
  const normalisation = { kind: 'percentile', percentile: 90 } as const;
  expect(intensityMap(data, manifest({ normalisation }))).toEqual({
    offset: 500,
    scale: 400,
    low: -2,
    high: 4,
  });
});

test('fixed values are taken as they are', () => {
  const normalisation = { kind: 'fixed', offset: 40, scale: 400 } as const;
  expect(intensityMap(Int16Array.of(1, 2), manifest({ normalisation }))).toEqual({
    offset: 40,
    scale: 400,
    low: -2,
    high: 4,
  });
});

test('CT is clipped at the percentiles of the training set, then standardised', () => {
  const normalisation = { kind: 'ct', low: -100, high: 300, mean: 100, sd: 50 } as const;
  expect(intensityMap(Int16Array.of(1, 2), manifest({ normalisation, clip: undefined }))).toEqual({
    offset: 100,
    scale: 50,
    low: -4,
    high: 4,
  });
});

test('a z-score is that of the image, or of its foreground', () => {
  const normalisation = { kind: 'z-score', over: 'image' } as const;
  const model = manifest({ normalisation, clip: undefined });
  const data = Float32Array.of(0, 0, 2, 6);
  // Mean 2, squares 4 + 4 + 0 + 16; of 2 and 6: mean 4, squares 4 + 4.
  expect(intensityMap(data, model)).toMatchObject({ offset: 2, scale: Math.sqrt(6) });
  expect(intensityMap(data, model, Uint8Array.of(0, 0, 1, 1))).toEqual({
    offset: 4,
    scale: 2,
    low: -Infinity,
    high: Infinity,
  });
});

test('from least to greatest, or not at all', () => {
  const data = Int16Array.of(-10, 0, 30);
  const by = (kind: 'min-max' | 'none') =>
    intensityMap(data, manifest({ normalisation: { kind }, clip: undefined }));
  expect(by('min-max')).toMatchObject({ offset: -10, scale: 40 });
  expect(by('none')).toMatchObject({ offset: 0, scale: 1 });
});

test.each([
  ['volume.not-finite', Float32Array.of(1, NaN, 2)],
  ['volume.not-finite', Float32Array.of(1, -Infinity, 2)],
  ['volume.constant', Int16Array.of(7, 7, 7)],
  ['volume.flat', Uint8Array.from({ length: 1000 }, (_, i) => (i === 0 ? 9 : 0))],
])('%s is refused', (code, data) => {
  expect(() => intensityMap(data, manifest())).toThrow(expect.objectContaining({ code }));
});
