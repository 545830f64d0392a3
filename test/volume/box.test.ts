import { expect, test } from '@jest/globals';
import { boxBetween, checkBox, clearOutside, cut, wholeOf } from '@vessels/volume/box';
import type { Vec3 } from '@vessels/volume/geometry';

const DIMS: Vec3 = [4, 3, 2];
const BOX = { start: [1, 1, 0], dims: [2, 1, 2] } as const;

const numbered = () => Uint8Array.from({ length: 24 }, (_, i) => i + 1);

test('the voxels of a box', () => {
  expect([...cut(numbered(), DIMS, BOX)]).toEqual([6, 7, 18, 19]);
  const all = numbered();
  expect(cut(all, DIMS, wholeOf(DIMS))).toBe(all);
});

test('outside a box all becomes 0', () => {
  const data = numbered();
  clearOutside(data, DIMS, BOX);
  // prettier-ignore
  expect([...data]).toEqual([
    0, 0, 0, 0,   0, 6, 7, 0,   0, 0, 0, 0,
    0, 0, 0, 0,   0, 18, 19, 0, 0, 0, 0, 0,
  ]);
  const all = numbered();
  clearOutside(all, DIMS, wholeOf(DIMS));
  expect(all).toEqual(numbered());
});

test('the box between two corners is cut at the faces of the volume, and holds a voxel at least', () => {
  expect(boxBetween([0.6, -3, 0.2], [1.2, 7, 0.8], DIMS)).toEqual({
    start: [0, 0, 0],
    dims: [3, 3, 2],
  });
  expect(boxBetween([9, 9, 9], [12, 12, 12], DIMS)).toEqual({ start: [3, 2, 1], dims: [1, 1, 1] });
});

test.each([
  { start: [0, 0, 0], dims: [5, 1, 1] },
  { start: [-1, 0, 0], dims: [1, 1, 1] },
  { start: [0, 0, 0], dims: [1, 0, 1] },
  { start: [0.5, 0, 0], dims: [1, 1, 1] },
] as const)('$start $dims is no box of the volume', (box) => {
  expect(() => checkBox(box, DIMS)).toThrow(/does not lie in the image of 4×3×2 voxels/);
});
