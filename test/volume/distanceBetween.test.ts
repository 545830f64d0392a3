import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packBits } from '@vessels/volume/bits';
import { distancesBetween, voxelsOf } from '@vessels/volume/distanceBetween';
import { draw, type Drawn } from '../helpers/draw';
import { randomMask } from '../helpers/masks';
import { firstDifference, nearestOf, randomSpacing, voxelsWith } from '../helpers/nearest';

const packed = ({ mask, dims }: Drawn, axis: 'x' | 'z' = 'x') => packBits(mask, dims, axis);

test('from each voxel of a line to the nearest of two, in raster order', () => {
  const from = draw(['#.###']);
  const to = draw(['#...#']);
  expect([...distancesBetween(packed(from), packed(to), [0.5, 1, 1])]).toEqual([0, 1, 0.5, 0]);
});

test('to an empty mask it is infinitely far; from one there is nothing', () => {
  const empty = packed(draw(['...']));
  const line = packed(draw(['##.']));
  expect([...distancesBetween(line, empty, [1, 1, 1])]).toEqual([Infinity, Infinity]);
  expect([...distancesBetween(empty, line, [1, 1, 1])]).toEqual([]);
});

test('equals the definition on random masks and spacings, packed along x or z', () => {
  fc.assert(
    fc.property(randomMask(), randomSpacing(), fc.nat(), (shape, spacing, seed) => {
      const other = {
        ...shape,
        mask: shape.mask.map((_, i) => ((i * 7919 + seed) % 31 === 0 ? 1 : 0)),
      };
      const definition = nearestOf(voxelsWith(1, other), shape.dims, spacing);
      const expected = Float32Array.from(voxelsWith(1, shape), definition);
      expect(
        firstDifference(distancesBetween(packed(shape), packed(other, 'z'), spacing), expected),
      ).toBe(-1);
      expect(
        firstDifference(distancesBetween(packed(shape, 'z'), packed(other), spacing), expected),
      ).toBe(-1);
    }),
    { numRuns: 100 },
  );
});

test('the voxels of a packed mask, rising', () => {
  fc.assert(
    fc.property(randomMask(), (shape) => {
      expect([...voxelsOf(packed(shape))]).toEqual(voxelsWith(1, shape));
    }),
  );
});

test('masks on different grids and a bad spacing are refused', () => {
  const [a, b] = [packed(draw(['###'])), packed(draw(['##']))];
  expect(() => distancesBetween(a, b, [1, 1, 1])).toThrow(
    expect.objectContaining({ code: 'volume.dims' }),
  );
  expect(() => distancesBetween(a, a, [1, 1, -1])).toThrow(
    expect.objectContaining({ code: 'volume.spacing' }),
  );
});
