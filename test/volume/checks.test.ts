import { expect, test } from '@jest/globals';
import { checkDims, checkSameLength, checkSpacing, checkVoxels } from '@vessels/volume/checks';
import type { Vec3 } from '@vessels/volume/geometry';

const refusal = (code: string, words: string) =>
  expect.objectContaining({ name: 'InputError', code, message: expect.stringContaining(words) });

test.each<[Vec3, string]>([
  [[0, 5, 5], 'x is 0'],
  [[5, -1, 5], 'y is -1'],
  [[5, 5, 2.5], 'z is 2.5'],
  [[5, NaN, 5], 'y is NaN'],
  [[5, 5] as unknown as Vec3, 'count is 2'],
])('dims %p are refused, the axis is named', (dims, words) => {
  expect(() => checkDims(dims)).toThrow(refusal('volume.dims', words));
});

test('2^31 voxels are the most', () => {
  expect(() => checkDims([2048, 1024, 1024])).not.toThrow();
  expect(() => checkDims([2048, 1024, 1025])).toThrow(
    refusal('volume.too-large', '2048×1024×1025'),
  );
});

test('a voxel array must fill its grid; the argument is named', () => {
  expect(() => checkVoxels(new Uint8Array(24), [2, 3, 4])).not.toThrow();
  expect(() => checkVoxels(new Uint8Array(23), [2, 3, 4], 'reference')).toThrow(
    refusal('volume.length', 'reference has 23 voxels'),
  );
});

test('two arrays of one grid have one length', () => {
  expect(() => checkSameLength([1], [1, 2], ['prediction', 'reference'])).toThrow(
    refusal('volume.length', 'prediction has 1 voxels and reference 2'),
  );
});

test.each<[Vec3, string]>([
  [[0, 1, 1], 'x is 0'],
  [[1, Infinity, 1], 'y is Infinity'],
  [[1, 1, NaN], 'z is NaN'],
  [[1, 1, -1], 'z is -1'],
])('spacing %p is refused', (spacing, words) => {
  expect(() => checkSpacing(spacing)).toThrow(refusal('volume.spacing', words));
});
