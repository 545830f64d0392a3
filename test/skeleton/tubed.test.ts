import { expect, test } from '@jest/globals';
import { tubedSkeleton } from '@vessels/skeleton/tubed';
import { fill } from '../helpers/draw';

/** A square rod of two labels along x, wide enough for a whole tube. */
const rod = fill([15, 11, 11], (_x, y, z) => Math.max(Math.abs(y - 5), Math.abs(z - 5)) <= 4);
const labels = rod.mask.map((v, i) => (v ? (i % 15 < 7 ? 1 : 2) : 0));
const section = (tube: Uint8Array, x: number) =>
  Array.from({ length: 11 }, (_, y) =>
    Array.from({ length: 11 }, (_unused, z) => tube[x + 15 * (y + 11 * z)]).join(''),
  );

test('the tube is a diamond of radius 2 around the axis, with the labels of the mask', () => {
  const tube = tubedSkeleton(labels, rod.dims);
  expect(section(tube, 5)).toEqual([
    '00000000000',
    '00000000000',
    '00000000000',
    '00000100000',
    '00001110000',
    '00011111000',
    '00001110000',
    '00000100000',
    '00000000000',
    '00000000000',
    '00000000000',
  ]);
  expect(section(tube, 9)[5]).toBe('00022222000');
});

test('the tube is cut to the mask', () => {
  const thin = fill([15, 5, 5], (_x, y, z) => y === 2 && Math.abs(z - 2) <= 1);
  expect(tubedSkeleton(thin.mask, thin.dims)).toEqual(thin.mask);
});

test('the tube stays inside the volume', () => {
  const line = fill([1, 1, 7], () => true);
  expect(tubedSkeleton(line.mask, line.dims)).toEqual(line.mask);
});

test('a 2³ block has no tube by the published definition, and one by the safe mode', () => {
  const block = new Uint8Array(8).fill(3);
  expect([...tubedSkeleton(block, [2, 2, 2])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(
    [...tubedSkeleton(block, [2, 2, 2], 'safe')].filter((v) => v === 3).length,
  ).toBeGreaterThan(3);
});

test('no labels, no tube', () => {
  expect([...tubedSkeleton(new Uint8Array(8), [2, 2, 2])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});
