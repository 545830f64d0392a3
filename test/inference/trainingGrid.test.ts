import { expect, test } from '@jest/globals';
import { gridAt, ordersOf } from '@vessels/inference/trainingGrid';

test('half the voxel size makes twice the voxels; odd halves go to the even number', () => {
  expect(gridAt([10, 20, 7], [1, 1, 1], [0.5, 1, 1])).toEqual({ dims: [20, 20, 7] });
  expect(gridAt([10, 20, 7], [1, 1, 1], [1, 1, 2])).toEqual({ dims: [10, 20, 4] });
  expect(gridAt([5, 1, 1], [1, 1, 1], [2, 1, 1])).toEqual({ dims: [2, 1, 1] });
});

test('one axis more than three times as coarse is treated slice by slice', () => {
  expect(gridAt([8, 8, 8], [1, 1, 4], [1, 1, 2]).slices).toBe(2);
  expect(gridAt([8, 8, 8], [1, 1, 3], [1, 1, 2]).slices).toBeUndefined();
  // The spacing that is wanted counts where the image's own is even.
  expect(gridAt([8, 8, 8], [1, 1, 1], [4, 1, 1]).slices).toBe(0);
  // Two axes share the coarsest: none is alone.
  expect(gridAt([8, 8, 8], [0.2, 1, 1], [1, 1, 1]).slices).toBeUndefined();
});

test('orders along the axes', () => {
  expect(ordersOf(3, undefined)).toEqual([3, 3, 3]);
  expect(ordersOf(1, 1)).toEqual([1, 0, 1]);
});
