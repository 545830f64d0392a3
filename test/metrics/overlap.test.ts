import { expect, test } from '@jest/globals';
import { dice, iou, overlap } from '@vessels/metrics/overlap';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { labelOf } from '../helpers/grid';

const mask = (text: string): Uint8Array => Uint8Array.from(text, (c) => (c === '#' ? 255 : 0));

test('two masks of three and two voxels share one', () => {
  expect(overlap(mask('###..'), mask('..##.'))).toEqual({ a: 3, b: 2, both: 1 });
  expect(dice(mask('###..'), mask('..##.'))).toBe(2 / 5);
  expect(iou(mask('###..'), mask('..##.'))).toBe(1 / 4);
});

test('equal masks score 1, disjoint masks 0', () => {
  expect(dice(mask('##..'), mask('##..'))).toBe(1);
  expect(dice(mask('##..'), mask('..##'))).toBe(0);
  expect(iou(mask('##..'), mask('##..'))).toBe(1);
  expect(iou(mask('##..'), mask('..##'))).toBe(0);
});

test.each([
  ['agreement', 1, 0],
  ['topcow', 0, 0],
] as const)('policy %s: both empty %d, one empty %d', (policy, both, one) => {
  expect(dice(mask('..'), mask('..'), policy)).toBe(both);
  expect(dice(mask('..'), mask('#.'), policy)).toBe(one);
  expect(dice(mask('#.'), mask('..'), policy)).toBe(one);
  expect(iou(mask('..'), mask('..'), policy)).toBe(both);
  expect(iou(mask('#.'), mask('..'), policy)).toBe(one);
});

test('masks of different length are refused', () => {
  expect(() => dice(mask('..'), mask('...'))).toThrow(
    expect.objectContaining({ code: 'volume.length' }),
  );
});

describeWithData('Dice that the TopCoW evaluation asserts', () => {
  test.each([
    ['zigzag', 1, 8 / 17],
    ['zigzag_label5', 5, 26 / 33],
    ['label64_ring', 6, 20 / 27],
  ])('%s, label %d', (name, label, expected) => {
    const read = (role: 'gt' | 'pred') => {
      const { data, geometry } = readNifti(
        readData(`topcow-fixtures/2D/shape_5x5_2D_${name}_${role}.nii.gz`),
      );
      return labelOf(data, geometry.dims, label).mask;
    };
    expect(dice(read('pred'), read('gt'), 'topcow')).toBeCloseTo(expected, 12);
  });
});
