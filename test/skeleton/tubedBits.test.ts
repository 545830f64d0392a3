import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tubeAround } from '@vessels/skeleton/tubed';
import { tubeOfBits } from '@vessels/skeleton/tubedBits';
import { packBits, unpackBits } from '@vessels/volume/bits';
import type { Vec3 } from '@vessels/volume/geometry';
import { draw, show } from '../helpers/draw';
import { randomMask, xorshift } from '../helpers/masks';

test('one voxel widens to the ball of city-block radius 2, cut to the mask', () => {
  const middle = draw([
    '.......',
    '.......',
    '.......',
    '...#...',
    '.......',
    '.......',
    '.......',
  ]);
  const mask = middle.mask.map((_, i) => (i % 7 < 5 ? 1 : 0));
  const tube = tubeOfBits(packBits(middle.mask, middle.dims), packBits(mask, middle.dims));
  expect(show({ mask: unpackBits(tube), dims: middle.dims })).toEqual([
    '.......',
    '...#...',
    '..###..',
    '.####..',
    '..###..',
    '...#...',
    '.......',
  ]);
  expect(tube.count).toBe(12);
});

test('packed along either axis it holds the voxels of the tube among bytes, also where a word ends', () => {
  fc.assert(
    fc.property(
      randomMask(),
      fc.tuple(fc.nat(70), fc.nat(3), fc.nat(70)),
      fc.constantFrom('x', 'z' as const),
      fc.nat(),
      (drawn, [dx, dy, dz], axis, seed) => {
        const [nx, ny, nz] = drawn.dims;
        const dims: Vec3 = [nx + dx, ny + dy, nz + dz];
        const mask = new Uint8Array(dims[0] * dims[1] * dims[2]);
        for (let row = 0; row < ny * nz; row++)
          mask.set(
            drawn.mask.subarray(row * nx, (row + 1) * nx),
            dx + dims[0] * (dy + (row % ny) + dims[1] * (dz + Math.floor(row / ny))),
          );
        const next = xorshift(seed);
        const skeleton = mask.map((v) => (next() < 0.1 ? v : 0));
        const tube = tubeOfBits(packBits(skeleton, dims, axis), packBits(mask, dims, axis));
        const expected = tubeAround(skeleton, mask, dims);
        expect(Buffer.compare(unpackBits(tube), expected)).toBe(0);
        expect(tube.count).toBe(expected.reduce((sum, v) => sum + v, 0));
        expect(tube).toEqual(packBits(expected, dims, axis));
      },
    ),
    { numRuns: 100 },
  );
});
