import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bitLayout } from '@vessels/volume/bits';
import {
  countBothCompiled,
  packBitsCompiled,
  transposeBitsCompiled,
} from '@vessels/volume/bitsCompiled';
import { countBothPlain, packBitsPlain, transposeBitsPlain } from '@vessels/volume/bitsPlain';
import { randomMask } from '../helpers/masks';
import { compiled } from '../helpers/compiled';

test('packed, transposed and counted as their specifications do', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const alongX = packBitsPlain(mask, bitLayout(dims, 'x'));
      expect(compiled((k) => packBitsCompiled(k, mask, alongX))).toEqual(alongX);
      const alongZ = transposeBitsPlain(alongX, bitLayout(dims, 'z'));
      expect(compiled((k) => transposeBitsCompiled(k, alongX, alongZ))).toEqual(alongZ);
      expect(compiled((k) => packBitsCompiled(k, mask, alongX, alongZ))).toEqual(alongZ);
      const shifted = packBitsPlain(
        mask.map((_, i) => mask[(i + 1) % mask.length]),
        alongX,
      );
      expect(compiled((k) => countBothCompiled(k, alongX.words, shifted.words))).toBe(
        countBothPlain(alongX.words, shifted.words),
      );
    }),
    { numRuns: 300 },
  );
});

test.each([63, 64, 65, 127, 128])('rows of %i voxels', (n) => {
  for (const dims of [
    [n, 2, 3],
    [3, 2, n],
  ] as const) {
    const mask = Uint8Array.from({ length: 6 * n }, (_, i) => (i % 7 === 0 ? 0 : 200));
    const plain = packBitsPlain(mask, bitLayout(dims, 'x'));
    expect(compiled((k) => packBitsCompiled(k, mask, plain))).toEqual(plain);
    const alongZ = transposeBitsPlain(plain, bitLayout(dims, 'z'));
    expect(compiled((k) => transposeBitsCompiled(k, plain, alongZ))).toEqual(alongZ);
  }
});
