import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { skeletonOfBits } from '@vessels/skeleton/thinning';
import { skeletonizeCompiled, thinCompiled } from '@vessels/skeleton/thinningCompiled';
import { thinPlain } from '@vessels/skeleton/thinningPlain';
import type { ThinningMode } from '@vessels/skeleton/thinningRules';
import { bitLayout, packBits, transposeBits, unpackBits } from '@vessels/volume/bits';
import type { Vec3 } from '@vessels/volume/geometry';
import { compiled } from '../helpers/compiled';
import { draw, type Drawn } from '../helpers/draw';
import { randomMask, xorshift } from '../helpers/masks';

const MODES: readonly ThinningMode[] = ['safe', 'compatible'];

function expectTwins({ mask, dims }: Drawn): void {
  const volume = packBits(mask, dims, 'z');
  const before = volume.words.slice();
  for (const mode of MODES) {
    const plain = thinPlain(volume, mode);
    expect(compiled((kernels) => thinCompiled(kernels, volume, volume, mode))).toEqual(plain);
    // Without room for the candidates of six sub-passes: one after the other.
    expect(compiled((kernels) => thinCompiled(kernels, volume, volume, mode, 0))).toEqual(plain);
  }
  expect(volume.words).toEqual(before);
  const alongX = bitLayout(dims, 'x');
  for (const mode of MODES)
    expect(compiled((kernels) => skeletonizeCompiled(kernels, mask, alongX, volume, mode))).toEqual(
      unpackBits(thinPlain(volume, mode)),
    );
}

const noise = (dims: Vec3, density: number): Drawn => {
  const next = xorshift(dims[2] + Math.round(1000 * density));
  return {
    dims,
    mask: Uint8Array.from({ length: dims[0] * dims[1] * dims[2] }, () => Number(next() < density)),
  };
};

describe('the compiled thinning equals its specification', () => {
  test('for random masks', () => {
    fc.assert(fc.property(randomMask(), expectTwins), { numRuns: 400 });
  });

  test.each([62, 63, 64, 65, 126, 127, 128])('across words: %i voxels along the bits', (nz) => {
    expectTwins(noise([5, 6, nz], 0.6));
    expectTwins(noise([4, 5, nz], 0.93));
  });

  test.each([509, 510, 511, 640, 1100])('in rows of many words: %i voxels', (nz) => {
    expectTwins(noise([3, 4, nz], 0.7));
  });

  test.each<Vec3>([
    [3, 1, 200],
    [1, 9, 70],
    [40, 17, 1],
    [2, 33, 3],
    [1, 1, 300],
    [30, 1, 1],
  ])('in flat volumes: %i × %i × %i', (...dims) => {
    expectTwins(noise(dims, 0.8));
    expectTwins(noise(dims, 1));
  });
});

test('a volume packed along x gives the same skeleton, packed along z', () => {
  const { mask, dims } = draw(['#####', '#####', '.###.'], ['#####', '#####', '..#..']);
  const alongX = packBits(mask, dims);
  expect(skeletonOfBits(alongX)).toEqual(skeletonOfBits(transposeBits(alongX)));
  expect(skeletonOfBits(alongX).axis).toBe('z');
});
