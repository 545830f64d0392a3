import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiCompiled } from '@vessels/topology/bettiCompiled';
import { bettiPlain } from '@vessels/topology/bettiPlain';
import { eulerCompiled } from '@vessels/topology/eulerCompiled';
import { eulerPlain } from '@vessels/topology/eulerPlain';
import { planesOfBits, planesOfMask } from '@vessels/topology/planes';
import { bitLayout, transposeBits } from '@vessels/volume/bits';
import { packBitsPlain } from '@vessels/volume/bitsPlain';
import type { Vec3 } from '@vessels/volume/geometry';
import { compiled } from '../helpers/compiled';
import { fill, type Drawn } from '../helpers/draw';
import { randomMask, xorshift } from '../helpers/masks';

/** Voxels on or off by chance: the most runs, components and cavities that there can be. */
function noise(dims: Vec3, density: number, seed = 1): Drawn {
  const next = xorshift(seed);
  return fill(dims, () => next() < density);
}

function expectTwins({ mask, dims }: Drawn) {
  const bits = packBitsPlain(mask, bitLayout(dims, 'x'));
  const alongZ = transposeBits(bits);
  const betti = bettiPlain(bits);
  expect(compiled((k) => bettiCompiled(k, planesOfMask(k, mask, bits)))).toEqual(betti);
  expect(compiled((k) => bettiCompiled(k, planesOfBits(k, bits)))).toEqual(betti);
  expect(compiled((k) => bettiCompiled(k, planesOfBits(k, alongZ)))).toEqual(betti);
  for (const connectivity of [6, 26] as const) {
    const euler = eulerPlain(bits, connectivity);
    expect(compiled((k) => eulerCompiled(k, planesOfMask(k, mask, bits), connectivity))).toBe(
      euler,
    );
    expect(compiled((k) => eulerCompiled(k, planesOfBits(k, alongZ), connectivity))).toBe(euler);
  }
}

test('the compiled kernels count as their specifications do', () => {
  fc.assert(fc.property(randomMask(), expectTwins), { numRuns: 300 });
});

test.each([63, 64, 65, 127, 128])('rows of %i voxels in many planes', (n) => {
  for (const density of [0.1, 0.5, 0.9]) expectTwins(noise([n, 5, 9], density, n));
});

test('planes that hold ever more runs', () => {
  const next = xorshift(7);
  expectTwins(fill([200, 60, 9], (_x, _y, z) => next() < 0.07 * z));
});

test('empty planes between full ones', () => {
  expectTwins(fill([4, 4, 12], (_x, _y, z) => z % 5 < 2));
});

test.each([
  noise([70_001, 2, 2], 0.4),
  fill([300_000, 2, 1], (x, y) => y === 0 || x % 100_000 === 99_999),
])('rows of more than 2^16 voxels, a copy of each at a time', ({ mask, dims }) => {
  const bits = packBitsPlain(mask, bitLayout(dims, 'x'));
  const counted = compiled((k) => bettiCompiled(k, planesOfMask(k, mask, bits)));
  expect(counted).toEqual(bettiPlain(bits));
});
