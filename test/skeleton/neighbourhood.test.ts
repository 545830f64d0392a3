import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isEnd,
  isOneComponent,
  isSimple,
  keepsEuler,
  neighbourhoodAt,
} from '@vessels/skeleton/neighbourhood';
import { bettiNumbers, eulerNumber } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { packBits } from '@vessels/volume/bits';

/** Surroundings of all densities, as 27 bits with a 0 in the middle. */
const surroundings = fc
  .tuple(
    fc.integer({ min: 0, max: 2 ** 27 - 1 }),
    fc.integer({ min: 0, max: 2 ** 27 - 1 }),
    fc.nat(2),
  )
  .map(([a, b, density]) => [a & b, a, a | b][density] & ~(1 << 13));

const cube = (bits: number): Uint8Array =>
  Uint8Array.from({ length: 27 }, (_, i) => (bits >> i) & 1);
const DIMS = [3, 3, 3] as const;

test('component, Euler and simple tests agree with the kernels on the 3×3×3 cube', () => {
  fc.assert(
    fc.property(surroundings, (bits) => {
      const without = cube(bits);
      const withIt = cube(bits | (1 << 13));
      const components = labelComponents(without, DIMS, 26).count;
      const [before, after] = [bettiNumbers(withIt, DIMS), bettiNumbers(without, DIMS)];
      expect(isOneComponent(bits)).toBe(components === 1);
      expect(keepsEuler(bits)).toBe(
        eulerNumber(withIt, DIMS, 26) === eulerNumber(without, DIMS, 26),
      );
      expect(isSimple(bits)).toBe(
        before.b0 === after.b0 && before.b1 === after.b1 && before.b2 === after.b2,
      );
      expect(isEnd(bits)).toBe(without.reduce((sum, v) => sum + v, 0) === 1);
    }),
    { numRuns: 3000 },
  );
});

test('surroundings are read across words, rows and planes', () => {
  fc.assert(
    fc.property(surroundings, fc.integer({ min: 0, max: 70 }), (bits, z) => {
      // A column of z long enough for three words, packed along z; the cube sits at z … z + 2.
      const dims = [3, 3, 73] as const;
      const mask = new Uint8Array(3 * 3 * 73);
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          for (let c = 0; c < 3; c++)
            mask[c + 3 * (b + 3 * (z + a))] = (bits >> (a + 3 * b + 9 * c)) & 1;
      const { words, rowWords, rowsPerPlane } = packBits(mask, dims, 'z');
      const row = 2 * rowsPerPlane + 2;
      const position = row * rowWords * 32 + z + 2;
      expect(neighbourhoodAt(words, position, rowWords, rowsPerPlane * rowWords)).toBe(bits);
    }),
    { numRuns: 500 },
  );
});
