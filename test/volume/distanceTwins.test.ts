import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits } from '@vessels/volume/bits';
import { distancesCompiled } from '@vessels/volume/distanceCompiled';
import { distancesPlain } from '@vessels/volume/distancePlain';
import { distanceTransformCompiled } from '@vessels/volume/distanceTransformCompiled';
import { distanceTransformPlain } from '@vessels/volume/distanceTransformPlain';
import type { Vec3 } from '@vessels/volume/geometry';
import { compiled } from '../helpers/compiled';
import { fill } from '../helpers/draw';
import { randomMask, xorshift } from '../helpers/masks';
import { firstDifference, nearestOf, randomSpacing } from '../helpers/nearest';

const expectSame = (a: Float32Array, b: Float32Array) => expect(firstDifference(a, b)).toBe(-1);

const volumes = () => randomMask().filter(({ mask }) => mask.includes(0) && mask.includes(1));

test('distances to foreground and background, as the specification has them', () => {
  fc.assert(
    fc.property(volumes(), randomSpacing(), ({ mask, dims }, spacing) => {
      const volume = packBits(mask, dims);
      const voxels = Uint32Array.from(mask.keys());
      for (const sites of ['foreground', 'background'] as const)
        expectSame(
          compiled((k) => distancesCompiled(k, volume, sites, spacing, voxels)),
          distancesPlain(volume, sites, spacing, voxels),
        );
    }),
    { numRuns: 40 },
  );
});

test('the distance transform, as the specification has it', () => {
  fc.assert(
    fc.property(randomMask(), randomSpacing(), ({ mask, dims }, spacing) => {
      const volume = packBits(mask, dims);
      expectSame(
        compiled((k) => distanceTransformCompiled(k, volume, spacing)),
        distanceTransformPlain(volume, spacing),
      );
    }),
    { numRuns: 150 },
  );
});

describe('few sites in a large volume', () => {
  const dims: Vec3 = [150, 90, 75];
  const total = 150 * 90 * 75;

  // A few voxels are found in the pyramid; so many that it takes too long, in the distance transform.
  test.each([
    ['few', 400],
    ['many', 40_000],
  ] as const)('%s voxels', (_, count) => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(total - 1), { minLength: 1, maxLength: 4 }),
        randomSpacing(),
        fc.nat(),
        (sites, spacing, seed) => {
          const mask = new Uint8Array(total);
          for (const site of sites) mask[site] = 1;
          const volume = packBits(mask, dims);
          const next = xorshift(seed);
          const voxels = Uint32Array.from({ length: count }, () => Math.floor(next() * total));
          const distances = compiled((k) =>
            distancesCompiled(k, volume, 'foreground', spacing, voxels),
          );
          expectSame(distances, Float32Array.from(voxels, nearestOf(sites, dims, spacing)));
        },
      ),
      { numRuns: count > 1000 ? 5 : 40 },
    );
  });

  test('a run of voxels and its neighbours in the order of the list', () => {
    const mask = new Uint8Array(total);
    mask[total - 1] = 1;
    mask[17] = 1;
    const voxels = Uint32Array.from({ length: 3000 }, (_, i) => 40_000 + i);
    const distances = compiled((k) =>
      distancesCompiled(k, packBits(mask, dims), 'foreground', [0.3, 0.3, 0.6], voxels),
    );
    expectSame(
      distances,
      Float32Array.from(voxels, nearestOf([17, total - 1], dims, [0.3, 0.3, 0.6])),
    );
  });
});

test.each([62, 63, 64, 65, 127, 128])('rows of %i voxels', (n) => {
  const shape = fill([n, 3, 2], (x, y, z) => (x * 7 + y * 3 + z) % 61 !== 0);
  const volume = packBits(shape.mask, shape.dims);
  const voxels = Uint32Array.from(shape.mask.keys());
  for (const sites of ['foreground', 'background'] as const)
    expectSame(
      compiled((k) => distancesCompiled(k, volume, sites, [1, 2, 3], voxels)),
      distancesPlain(volume, sites, [1, 2, 3], voxels),
    );
  expectSame(
    compiled((k) => distanceTransformCompiled(k, volume, [1, 2, 3])),
    distanceTransformPlain(volume, [1, 2, 3]),
  );
});
