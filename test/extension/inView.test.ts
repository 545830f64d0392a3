import { expect, test } from '@jest/globals';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import { boxInViews, type View } from '../../extension/src/viewer/inView';

/** 100×80×60 voxels of 1×1×2 mm. */
const GRID: Geometry = {
  dims: [100, 80, 60],
  spacing: [1, 1, 2],
  origin: [10, 20, 30],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};

/** A plane with corners at two voxels, looking along an axis. */
const view = (low: Vec3, high: Vec3, normal: Vec3): View => ({
  corners: [low, high].map(([x, y, z]): Vec3 => [10 + x, 20 + y, 30 + 2 * z]),
  normal,
});
const axial = view([20, 10, 5], [59, 49, 5], [0, 0, -1]);

test('one plane bounds its own two axes', () => {
  expect(boxInViews([axial], GRID)).toEqual({ start: [20, 10, 0], dims: [40, 40, 60] });
});

test('planes are intersected; one that shows all bounds nothing', () => {
  const coronal = view([30, 7, 20], [90, 7, 29], [0, 1, 0]);
  const sagittal = view([3, -50, -50], [3, 500, 500], [1, 0, 0]);
  expect(boxInViews([axial, coronal, sagittal], GRID)).toEqual({
    start: [30, 10, 20],
    dims: [30, 40, 10],
  });
});

test('an oblique plane counts with the box around it, apart from the axis that it is nearest to', () => {
  const oblique = view([20, 10, 5], [59, 49, 9], [0, 0.3, 0.95]);
  expect(boxInViews([oblique], GRID)).toEqual({ start: [20, 10, 0], dims: [40, 40, 60] });
});

test('planes that look at different places have nothing in common', () => {
  const elsewhere = view([70, 0, 0], [90, 0, 59], [0, 1, 0]);
  expect(boxInViews([axial, elsewhere], GRID)).toBeUndefined();
});
