import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lowestBit, packBits, popcount, unpackBits } from '@vessels/volume/bits';
import { randomMask } from '../helpers/masks';

test('population count and lowest bit', () => {
  fc.assert(
    fc.property(fc.integer(), (word) => {
      const digits = (word >>> 0).toString(2);
      expect(popcount(word)).toBe(digits.replaceAll('0', '').length);
      if (word !== 0) expect(lowestBit(word)).toBe(digits.length - 1 - digits.lastIndexOf('1'));
    }),
  );
});

test.each(['x', 'z'] as const)('packing along %s keeps every voxel', (axis) => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const bits = packBits(mask, dims, axis);
      expect(unpackBits(bits)).toEqual(mask);
      expect(bits.count).toBe(mask.reduce((sum, v) => sum + v, 0));
    }),
    { numRuns: 100 },
  );
});

test('a mask that starts in the middle of a buffer', () => {
  const buffer = new Uint8Array(70).fill(1);
  const part = buffer.subarray(3, 67);
  part[10] = 0;
  expect(unpackBits(packBits(part, [4, 4, 4]))).toEqual(part.slice());
});

test('rows longer than a word, and every border voxel, survive', () => {
  const mask = new Uint8Array(97 * 3 * 65).fill(1);
  for (const axis of ['x', 'z'] as const)
    expect(unpackBits(packBits(mask, [97, 3, 65], axis))).toEqual(mask);
});
