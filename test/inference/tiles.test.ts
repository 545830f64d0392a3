import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planTiles } from '@vessels/inference/tiles';
import type { Vec3 } from '@vessels/volume/geometry';

/** A length, a patch, and an overlap smaller than the patch. */
const axis = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 96 }))
  .chain(([length, patch]) =>
    fc.record({
      length: fc.constant(length),
      patch: fc.constant(patch),
      overlap: fc.integer({ min: 1, max: patch - 1 }),
    }),
  );

test('40 voxels by tiles of 16 that overlap by 4', () => {
  const plan = planTiles([40, 16, 10], [16, 16, 16], [4, 4, 4]);
  expect(plan.starts).toEqual([[0, 12, 24], [0], [0]]);
  expect(plan.count).toBe(3);
});

test('tiles are spread evenly and the last one ends at the edge', () => {
  expect(planTiles([50, 41, 17], [16, 16, 16], [4, 4, 4]).starts).toEqual([
    [0, 11, 23, 34],
    [0, 8, 17, 25],
    [0, 1],
  ]);
});

test('every voxel is covered, neighbours overlap enough, no tile is superfluous', () => {
  fc.assert(
    fc.property(fc.tuple(axis, axis, axis), (axes) => {
      const of = (key: 'length' | 'patch' | 'overlap') =>
        axes.map((a) => a[key]) as unknown as Vec3;
      const plan = planTiles(of('length'), of('patch'), of('overlap'));
      axes.forEach(({ length, patch, overlap }, i) => {
        const starts = plan.starts[i];
        expect(starts[0]).toBe(0);
        expect(starts[starts.length - 1]).toBe(Math.max(0, length - patch));
        for (let s = 1; s < starts.length; s++) {
          expect(starts[s]).toBeGreaterThan(starts[s - 1]);
          expect(starts[s - 1] + patch - starts[s]).toBeGreaterThanOrEqual(overlap);
        }
        expect(patch + (starts.length - 2) * (patch - overlap)).toBeLessThan(
          Math.max(length, patch) + (starts.length === 1 ? 1 : 0),
        );
      });
    }),
  );
});

test('a region is met by those tiles alone that hold its voxels', () => {
  const region = { start: [13, 0, 3], dims: [11, 16, 1] } as const;
  // tiles at 0, 12, 24: 0 … 15, 12 … 27, 24 … 39; the region ends at 23
  expect(planTiles([40, 16, 10], [16, 16, 16], [4, 4, 4], region).starts).toEqual([
    [0, 12],
    [0],
    [0],
  ]);
});
