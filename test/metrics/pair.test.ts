import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiError } from '@vessels/metrics/bettiError';
import { clDice } from '@vessels/metrics/cldice';
import { dice } from '@vessels/metrics/overlap';
import { comparePair, topologyOf, topologyPlain } from '@vessels/metrics/pair';
import { skeletonize } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import { unpackBits } from '@vessels/volume/bits';
import { draw } from '../helpers/draw';
import { randomMask } from '../helpers/masks';

/** A mask, and the same with some voxels turned over. */
const pairs = fc.tuple(randomMask(), fc.integer({ min: 2, max: 40 })).map(([drawn, step]) => ({
  ...drawn,
  other: drawn.mask.map((v, i) => (i % step === 0 ? 1 - v : v)),
}));

test('one mask at a time, then together: the numbers of the functions for whole pairs', () => {
  fc.assert(
    fc.property(pairs, ({ mask, other, dims }) => {
      const [a, b] = [topologyOf(mask, dims), topologyOf(other, dims)];
      expect(unpackBits(a.skeleton)).toEqual(skeletonize(mask, dims));
      expect(comparePair(a, b)).toEqual({
        dice: dice(mask, other),
        ...clDice(mask, other, dims),
        bettiError: bettiError(bettiNumbers(mask, dims), bettiNumbers(other, dims)),
      });
    }),
    { numRuns: 200 },
  );
});

test('what the kernels make of a mask in one go is what the functions make of it one by one', () => {
  fc.assert(
    fc.property(randomMask(), fc.constantFrom('safe', 'compatible'), ({ mask, dims }, mode) => {
      expect(topologyOf(mask, dims, mode)).toEqual(topologyPlain(mask, dims, mode));
    }),
    { numRuns: 200 },
  );
});

test('the scores of masks without a voxel follow the policy', () => {
  const none = topologyOf(new Uint8Array(27), [3, 3, 3]);
  const some = topologyOf(new Uint8Array(27).fill(1), [3, 3, 3]);
  expect(comparePair(none, none)).toMatchObject({ dice: 1, clDice: 1 });
  expect(comparePair(none, none, 'topcow')).toMatchObject({ dice: 0, clDice: 0 });
  expect(comparePair(some, none)).toMatchObject({ dice: 0, clDice: 0, bettiError: { b0: 1 } });
});

test('masks of different size are refused', () => {
  const { mask, dims } = draw(['#.#']);
  const pair = () => comparePair(topologyOf(mask, dims), topologyOf(mask, [1, 3, 1]));
  expect(pair).toThrow(expect.objectContaining({ code: 'volume.grid' }));
});
