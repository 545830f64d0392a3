import { expect, test } from '@jest/globals';
import { gatherTile } from '@vessels/inference/gather';
import { volumeOf } from './helpers/models';

const AS_IS = { offset: 0, scale: 1, low: -Infinity, high: Infinity };

test('a tile is cut out x fastest', () => {
  const { data } = volumeOf([4, 3, 2], (x, y, z) => 100 * z + 10 * y + x);
  const tile = new Float32Array(8);
  gatherTile(data, [4, 3, 2], [1, 1, 0], [2, 2, 2], AS_IS, tile);
  expect([...tile]).toEqual([11, 12, 21, 22, 111, 112, 121, 122]);
});

test('past the end of a small volume its edge repeats', () => {
  const { data } = volumeOf([2, 2, 1], (x, y) => 10 * y + x);
  const tile = new Float32Array(18);
  gatherTile(data, [2, 2, 1], [0, 0, 0], [3, 3, 2], AS_IS, tile);
  const slice = [0, 1, 1, 10, 11, 11, 10, 11, 11];
  expect([...tile]).toEqual([...slice, ...slice]);
});

test('values are shifted, scaled and clipped', () => {
  const tile = new Float32Array(4);
  gatherTile(
    Int16Array.of(-1000, 0, 50, 3000),
    [4, 1, 1],
    [0, 0, 0],
    [4, 1, 1],
    { offset: 40, scale: 10, low: -2, high: 4 },
    tile,
  );
  expect([...tile]).toEqual([-2, -2, 1, 4]);
});
