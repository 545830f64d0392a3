import { expect, test } from '@jest/globals';
import {
  keepComponent,
  labelComponents,
  removeSmallComponents,
} from '@vessels/topology/components';
import { InputError } from '@vessels/volume/errors';
import { draw, show } from '../helpers/draw';

/** Three voxels in a row, a diagonal neighbour of it, and a voxel apart. */
const shape = draw(['#....', '.###.', '.....', '#...#']);

test('corner neighbours join by 26, not by 6', () => {
  expect(labelComponents(shape.mask, shape.dims, 26).count).toBe(3);
  expect(labelComponents(shape.mask, shape.dims, 6).count).toBe(4);
});

test('edge neighbours join by 18, corner neighbours do not', () => {
  const edge = draw(['#.', '..'], ['.#', '..']);
  const corner = draw(['#.', '..'], ['..', '.#']);
  expect([6, 18, 26].map((c) => labelComponents(edge.mask, edge.dims, c as 6).count)).toEqual([
    2, 1, 1,
  ]);
  expect([6, 18, 26].map((c) => labelComponents(corner.mask, corner.dims, c as 6).count)).toEqual([
    2, 2, 1,
  ]);
});

test('labels are numbered by size, with a voxel and a box of each', () => {
  const { labels, sizes, seeds, boxes } = labelComponents(shape.mask, shape.dims, 26);
  expect([...labels]).toEqual(
    [
      [1, 0, 0, 0, 0],
      [0, 1, 1, 1, 0],
      [0, 0, 0, 0, 0],
      [2, 0, 0, 0, 3],
    ].flat(),
  );
  expect([...sizes]).toEqual([4, 1, 1]);
  expect([...seeds]).toEqual([0, 15, 19]);
  expect([...boxes]).toEqual([0, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 0, 4, 3, 0, 4, 3, 0]);
});

test('the component at a voxel is kept alone', () => {
  expect(show({ ...shape, mask: keepComponent(shape.mask, shape.dims, [2, 1, 0]) })).toEqual([
    '#....',
    '.###.',
    '.....',
    '.....',
  ]);
});

test('a background voxel and a voxel outside are refused', () => {
  const pick = (x: number, y: number) => () => keepComponent(shape.mask, shape.dims, [x, y, 0]);
  expect(pick(4, 0)).toThrow(expect.objectContaining({ code: 'mask.background-voxel' }));
  expect(pick(4, 1)).toThrow(expect.objectContaining({ code: 'mask.background-voxel' }));
  expect(pick(5, 0)).toThrow(expect.objectContaining({ code: 'mask.voxel-outside' }));
});

test('small components go, those of exactly the size stay', () => {
  expect(removeSmallComponents(shape.mask, shape.dims, 4)).toEqual(
    keepComponent(shape.mask, shape.dims, [0, 0, 0]),
  );
  expect(removeSmallComponents(shape.mask, shape.dims, 1)).toEqual(shape.mask);
});

test('an empty mask has no components, a full one has one', () => {
  expect(labelComponents(new Uint8Array(8), [2, 2, 2], 26).count).toBe(0);
  expect([...labelComponents(new Uint8Array(8).fill(255), [2, 2, 2], 6).sizes]).toEqual([8]);
});

test('a mask that does not fill its grid is refused', () => {
  expect(() => labelComponents(new Uint8Array(7), [2, 2, 2], 26)).toThrow(InputError);
});
