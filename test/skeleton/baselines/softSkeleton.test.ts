import { crc32 } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { softSkeleton } from '@vessels/skeleton/baselines/softSkeleton';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import expected from '../../fixtures/skeletons/baselines.json';
import { describeWithData, readData } from '../../helpers/data';
import { draw, show } from '../../helpers/draw';
import { errorOf } from '../../helpers/errors';
import { randomMask } from '../../helpers/masks';
import { strokes, volumeCase } from '../../helpers/strokes';

test('of a bar three wide the middle stays, shortened', () => {
  const bar = draw([
    '.......', //
    '.#####.',
    '.#####.',
    '.#####.',
    '.......',
  ]);
  const mask = Uint8Array.from(softSkeleton(Float32Array.from(bar.mask), bar.dims, 2));
  expect(show({ mask, dims: bar.dims })).toEqual([
    '.......', //
    '.......',
    '..###..',
    '.......',
    '.......',
  ]);
});

test('the border of the volume does not erode', () => {
  const full = new Float32Array(27).fill(1);
  expect(softSkeleton(full, [3, 3, 3], 5)).toEqual(new Float32Array(27));
});

test.each([
  ['volumes', expected.soft, false],
  ['images', expected.softFlat, true],
] as const)('the published code on random %s, bit for bit', (_, results, flat) => {
  results.forEach((wanted, i) => {
    const drawn = { ...volumeCase(i), classes: 9 };
    const dims: Vec3 = flat ? [drawn.dims[0], drawn.dims[1], 1] : drawn.dims;
    const volume = Float32Array.from(strokes({ ...drawn, dims }), (v) => v * Math.fround(0.1));
    const found = softSkeleton(volume, dims, 1 + (i % 5));
    expect([i, found.filter((v) => v > 0).length, crc32(new Uint8Array(found.buffer))]).toEqual([
      i,
      ...wanted,
    ]);
  });
});

test('the skeleton of a mask is a part of it', () => {
  fc.assert(
    fc.property(randomMask(), fc.integer({ min: 0, max: 4 }), ({ mask, dims }, iterations) => {
      const found = softSkeleton(Float32Array.from(mask), dims, iterations);
      expect(found.every((v, i) => v === 0 || (v === 1 && mask[i] === 1))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('bad input names the argument', () => {
  const volume = new Float32Array(8);
  expect(errorOf(() => softSkeleton(volume, [2, 2, 3], 1)).code).toBe('volume.length');
  expect(errorOf(() => softSkeleton(volume, [0, 2, 4], 1)).code).toBe('volume.dims');
  expect(errorOf(() => softSkeleton(volume, [2, 2, 2], 1.5))).toMatchObject({
    code: 'skeleton.iterations',
    message: 'iterations must be a whole number of at least 0; it is 1.5.',
  });
  for (const [value, text] of [
    [NaN, 'NaN'],
    [1.5, '1.5'],
    [-1, '-1'],
  ] as const) {
    volume[3] = value;
    expect(errorOf(() => softSkeleton(volume, [2, 2, 2], 1))).toMatchObject({
      code: 'volume.values',
      message: `volume must hold values of 0 … 1; voxel 3 is ${text}.`,
    });
  }
});

describeWithData('the phantom tree', () => {
  test('16,216 voxels in 1,079 components after 10 iterations', () => {
    const { data, geometry } = readNifti(readData('phantoms/tree128.nii.gz'));
    const found = softSkeleton(Float32Array.from(data, Number), geometry.dims, 10);
    const mask = Uint8Array.from(found, (v) => Number(v > 0.5));
    expect(mask.filter((v) => v !== 0)).toHaveLength(16216);
    expect(bettiNumbers(mask, geometry.dims).b0).toBe(1079);
  });
});
