import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { subfieldThinning, type SimpleTest } from '@vessels/skeleton/baselines/subfieldThinning';
import { bettiNumbers, eulerNumber } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import expected from '../../fixtures/skeletons/baselines.json';
import { describeWithData, readData } from '../../helpers/data';
import { draw, show } from '../../helpers/draw';
import { errorOf } from '../../helpers/errors';
import { randomMask } from '../../helpers/masks';
import { fromCOrder, readNpy } from '../../helpers/npy';
import { strokes, volumeCase } from '../../helpers/strokes';

const count = (mask: Uint8Array): number => mask.filter((v) => v !== 0).length;

test('a line keeps its ends, a voxel by itself stays', () => {
  const shape = draw([
    '......#', //
    '.####..',
    '.......',
    '#......',
  ]);
  for (const how of ['boolean', 'euler'] as const) {
    const mask = subfieldThinning(shape.mask, shape.dims, how, 5);
    expect(show({ mask, dims: shape.dims })).toEqual(show(shape));
  }
});

test('no iteration, no change', () => {
  const mask = new Uint8Array(27).fill(3);
  expect(subfieldThinning(mask, [3, 3, 3], 'boolean', 0)).toEqual(new Uint8Array(27).fill(1));
});

test.each<[string, SimpleTest, boolean, number[][]]>([
  ['volumes, Boolean rules', 'boolean', false, expected.boolean],
  ['images, Boolean rules', 'boolean', true, expected.booleanFlat],
  ['volumes, Euler characteristic', 'euler', false, expected.euler],
  ['images, Euler characteristic', 'euler', true, expected.eulerFlat],
])('the published code on random %s, voxel for voxel', (_, how, flat, results) => {
  results.forEach((wanted, i) => {
    const drawn = volumeCase(i);
    // The published code puts the slice of an image first.
    const dims: Vec3 = flat ? [1, drawn.dims[0], drawn.dims[1]] : drawn.dims;
    const found = subfieldThinning(strokes({ ...drawn, dims }), dims, how, 1 + (i % 5));
    expect([i, count(found), crc32(found)]).toEqual([i, ...wanted]);
  });
});

describe('topology of random masks', () => {
  test('the Boolean rules keep the Betti numbers after any number of iterations', () => {
    fc.assert(
      fc.property(randomMask(), fc.integer({ min: 1, max: 9 }), ({ mask, dims }, iterations) => {
        const found = subfieldThinning(mask, dims, 'boolean', iterations);
        expect(bettiNumbers(found, dims)).toEqual(bettiNumbers(mask, dims));
      }),
      { numRuns: 300 },
    );
  });

  test('the Euler test keeps the Euler characteristic', () => {
    fc.assert(
      fc.property(randomMask(), ({ mask, dims }) => {
        const found = subfieldThinning(mask, dims, 'euler', 9);
        expect(eulerNumber(found, dims, 26)).toBe(eulerNumber(mask, dims, 26));
      }),
      { numRuns: 300 },
    );
  });
});

test('bad input names the argument', () => {
  const mask = new Uint8Array(8);
  const thin = (dims: Vec3, iterations: number) => () =>
    subfieldThinning(mask, dims, 'boolean', iterations);
  expect(errorOf(thin([2, 2, 3], 1)).code).toBe('volume.length');
  expect(errorOf(thin([2, 2, -2], 1)).code).toBe('volume.dims');
  expect(errorOf(thin([2, 2, 2], -1)).code).toBe('skeleton.iterations');
});

describeWithData('measured values', () => {
  test.each<[SimpleTest, number, number]>([
    ['boolean', 6886, 1],
    ['euler', 6772, 4],
  ])('tree128, 9 iterations, %s: %i voxels in %i components, χ −187', (how, voxels, b0) => {
    const { data, geometry } = readNifti(readData('phantoms/tree128.nii.gz'));
    const found = subfieldThinning(data as Uint8Array, geometry.dims, how, 9);
    expect(count(found)).toBe(voxels);
    expect(bettiNumbers(found, geometry.dims).b0).toBe(b0);
    expect(eulerNumber(found, geometry.dims, 26)).toBe(-187);
  });

  test('the skeleton of the VesSAP crop that the authors ship, voxel for voxel', () => {
    const load = (name: string) =>
      fromCOrder(readNpy(readData(`skeleton/${name}.npy`)).data as Float32Array, [48, 48, 48]);
    const { mask, dims } = load('vessap48-mask');
    const skeleton = load('vessap48-menten-skeleton').mask;
    expect(Buffer.compare(subfieldThinning(mask, dims, 'boolean', 10), skeleton)).toBe(0);
  });
});
