import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits } from '@vessels/volume/bits';
import { distanceTransform, distanceTransformOfBits } from '@vessels/volume/distanceTransform';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { draw, type Drawn } from '../helpers/draw';
import { flip, permute } from '../helpers/grid';
import { randomMask } from '../helpers/masks';
import { firstDifference, nearestOf, randomSpacing, voxelsWith } from '../helpers/nearest';

const transform = ({ mask, dims }: Drawn, spacing: Vec3 = [1, 1, 1]) =>
  distanceTransform(mask, dims, spacing);

test('a square: 1 at its rim, more inside, 0 outside', () => {
  const square = draw([
    '.......',
    '.#####.',
    '.#####.',
    '.#####.',
    '.#####.',
    '.#####.',
    '.......',
  ]);
  const rows = [
    [0, 0, 0, 0, 0, 0, 0],
    [0, 1, 1, 1, 1, 1, 0],
    [0, 1, 2, 2, 2, 1, 0],
    [0, 1, 2, 3, 2, 1, 0],
    [0, 1, 2, 2, 2, 1, 0],
    [0, 1, 1, 1, 1, 1, 0],
    [0, 0, 0, 0, 0, 0, 0],
  ];
  expect([...transform(square)]).toEqual(rows.flat());
});

test('one background voxel: each axis counts with its spacing', () => {
  const slices = draw(['.##', '###'], ['###', '###']);
  const [three, four, twelve] = [3 ** 2, 4 ** 2, 12 ** 2];
  expect([...transform(slices, [3, 4, 12])]).toEqual(
    [
      [0, three, 2 ** 2 * three],
      [four, four + three, four + 2 ** 2 * three],
      [twelve, twelve + three, twelve + 2 ** 2 * three],
      [twelve + four, twelve + four + three, twelve + four + 2 ** 2 * three],
    ]
      .flat()
      .map((squared) => Math.fround(Math.sqrt(squared))),
  );
});

test('the outside of the volume is not background: without any, all is Infinity', () => {
  expect([...transform(draw(['##.###']))]).toEqual([2, 1, 0, 1, 2, 3]);
  expect([...transform(draw(['##', '##']))]).toEqual([Infinity, Infinity, Infinity, Infinity]);
  expect([...transform(draw(['..', '..']))]).toEqual([0, 0, 0, 0]);
  expect([...transform(draw(['#']))]).toEqual([Infinity]);
});

test('equals the definition on random masks and spacings, packed along x or z', () => {
  fc.assert(
    fc.property(randomMask(), randomSpacing(), fc.nat(), (shape, spacing, seed) => {
      const transformed = transform(shape, spacing);
      const definition = nearestOf(voxelsWith(0, shape), shape.dims, spacing);
      for (let voxel = seed % 29; voxel < transformed.length; voxel += 29)
        expect(transformed[voxel]).toBe(definition(voxel));
      const alongZ = distanceTransformOfBits(packBits(shape.mask, shape.dims, 'z'), spacing);
      expect(firstDifference(alongZ, transformed)).toBe(-1);
    }),
    { numRuns: 60 },
  );
});

test('the same in each orientation', () => {
  const sorted = (shape: Drawn, spacing: Vec3) => transform(shape, spacing).sort();
  fc.assert(
    fc.property(randomMask(), (shape) => {
      const expected = sorted(shape, [1, 2, 4]);
      expect(firstDifference(sorted(flip(shape, 1), [1, 2, 4]), expected)).toBe(-1);
      const turned = sorted(permute(shape, [2, 0, 1]), [4, 1, 2]);
      expect(firstDifference(turned, expected)).toBe(-1);
    }),
    { numRuns: 60 },
  );
});

test('a mask that does not fill its grid and a bad spacing are refused', () => {
  expect(() => distanceTransform(new Uint8Array(7), [2, 2, 2], [1, 1, 1])).toThrow(
    expect.objectContaining({ code: 'volume.length' }),
  );
  expect(() => distanceTransform(new Uint8Array(8), [2, 2, 2], [1, NaN, 1])).toThrow(
    expect.objectContaining({ code: 'volume.spacing' }),
  );
});

describeWithData('against scipy', () => {
  // Sums of distance_transform_edt as float32, plain and with weights that tell places apart.
  test.each([
    ['tree128', [0.4, 0.5, 0.9], 91465.65426534414, 4384808.757177949],
    ['tree128_pert', [1, 1, 5], 225863.73560476303, 10826908.765213013],
  ] as const)('%s', (name, spacing, sum, weighted) => {
    const { data, geometry } = readNifti(readData(`phantoms/${name}.nii.gz`));
    const distances = distanceTransform(data as Uint8Array, geometry.dims, spacing);
    expect(distances.reduce((total, d) => total + d, 0)).toBeCloseTo(sum, 6);
    expect(distances.reduce((total, d, i) => total + d * (i % 97), 0)).toBeCloseTo(weighted, 5);
  });
});
