import { expect, test } from '@jest/globals';
import { lowerBound } from '@vessels/volume/lowerBound';
import fc from 'fast-check';

test('finds the first of the numbers that reaches a value', () => {
  const rising = Uint32Array.of(2, 4, 4, 7);
  expect([0, 2, 3, 4, 5, 7, 8].map((value) => lowerBound(rising, value))).toEqual([
    0, 0, 1, 1, 3, 3, 4,
  ]);
});

test('looks at a part alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 }),
      fc.integer({ min: -10, max: 10 }),
      fc.nat(12),
      fc.nat(12),
      (numbers, value, a, b) => {
        const rising = Int32Array.from(numbers).sort();
        const [low, high] = [a, b].map((end) => Math.min(end, rising.length)).sort((x, y) => x - y);
        const within = rising.subarray(low, high).findIndex((number) => number >= value);
        expect(lowerBound(rising, value, low, high)).toBe(within < 0 ? high : low! + within);
      },
    ),
  );
});
