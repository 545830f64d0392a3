import { expect, test } from '@jest/globals';
import { neighbourCount } from '@vessels/skeleton/neighbours';
import { draw } from '../helpers/draw';

test('counts the neighbours along faces, edges and corners, and stops at the edge of the volume', () => {
  const { mask, dims } = draw(['##.', '#..', '...'], ['...', '.#.', '..#']);
  const counts = [...mask.keys()].filter((v) => mask[v]).map((v) => neighbourCount(mask, dims, v));
  // the three of the first slice see each other and the middle of the second, which also sees its corner
  expect(counts).toEqual([3, 3, 3, 4, 1]);
});
