import { expect, test } from '@jest/globals';
import { foregroundMask, nonzeroBox } from '@vessels/inference/foreground';
import { cut } from '@vessels/volume/box';
import type { Vec3 } from '@vessels/volume/geometry';

const DIMS: Vec3 = [6, 5, 3];

/** Three slices; a ring in the middle one, closed by the slices above and below. */
const LID = ['......', '.777..', '.777..', '.777..', '......'];
const RING = ['......', '.777..', '.7.7..', '.777..', '......'];
const drawn = (...slices: string[][]) =>
  Int16Array.from(slices.flat().join(''), (c) => (c === '.' ? 0 : Number(c)));

test('the box of the voxels that are not zero', () => {
  const data = drawn(LID, RING, LID);
  const box = nonzeroBox(data, DIMS);
  expect(box).toEqual({ start: [1, 1, 0], dims: [3, 3, 3] });
  expect([...cut(data, DIMS, box)]).toEqual([...'777777777777707777777777777'].map(Number));
  expect(nonzeroBox(new Int16Array(90), DIMS).dims).toEqual(DIMS);
});

test('the volume itself where nothing is cut off', () => {
  const data = new Int16Array(90).fill(-1);
  expect(cut(data, DIMS, nonzeroBox(data, DIMS))).toBe(data);
});

test('a cavity belongs to the foreground, a hole that is open does not', () => {
  const middle = 2 + 6 * (2 + 5);
  expect(foregroundMask(drawn(LID, RING, LID), DIMS)[middle]).toBe(1);
  expect(foregroundMask(drawn(LID, RING, RING), DIMS)[middle]).toBe(0);
});
