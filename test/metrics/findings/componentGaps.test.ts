import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { componentGaps } from '@vessels/metrics/findings/componentGaps';
import { labelComponents } from '@vessels/topology/components';
import type { Vec3 } from '@vessels/volume/geometry';
import { draw, type Drawn } from '../../helpers/draw';
import { randomMask } from '../../helpers/masks';

const gapsOf = ({ mask, dims }: Drawn, spacing: Vec3, limit: number) =>
  componentGaps(labelComponents(mask, dims, 26), dims, spacing, limit);

test('a gap is measured between the faces of the voxels', () => {
  const shape = draw(['###...##.', '.........']);
  expect(gapsOf(shape, [0.5, 1, 1], 10)).toEqual([
    { a: 2, b: 1, distance: 1.5, atA: [6, 0, 0], atB: [2, 0, 0] },
  ]);
});

test('across a corner it is the diagonal of the empty voxels between', () => {
  const shape = draw(['##....', '##....', '......', '......', '....##']);
  const [{ distance, atA, atB }] = gapsOf(shape, [1, 2, 1], 10);
  expect(distance).toBeCloseTo(Math.hypot(2, 2 * 2), 9);
  expect([atA, atB]).toEqual([
    [4, 4, 0],
    [1, 1, 0],
  ]);
});

test('each pair of components has its own; what is farther than the limit is left out', () => {
  const shape = draw(['####..###...#']);
  const pairs = (limit: number) =>
    gapsOf(shape, [1, 1, 1], limit)
      .map(({ a, b, distance }) => [a, b, distance])
      .sort();
  expect(pairs(9)).toEqual([
    [2, 1, 2],
    [3, 1, 8],
    [3, 2, 3],
  ]);
  expect(pairs(3)).toEqual([
    [2, 1, 2],
    [3, 2, 3],
  ]);
  expect(pairs(1.9)).toEqual([]);
});

test('equals a search over all pairs of voxels', () => {
  const limits = fc.constantFrom(0.4, 1, 2.5, 20);
  const spacings = fc.constantFrom<Vec3>([1, 1, 1], [0.4, 0.4, 1.3], [2, 0.5, 1]);
  fc.assert(
    fc.property(randomMask(), spacings, limits, (shape, spacing, limit) => {
      const { dims, mask } = shape;
      const { labels } = labelComponents(mask, dims, 26);
      const voxels = Array.from(labels.keys()).filter((i) => labels[i] > 0);
      fc.pre(voxels.length < 400);
      const expected = new Map<string, number>();
      const at = (i: number) => [
        i % dims[0],
        Math.floor(i / dims[0]) % dims[1],
        Math.floor(i / dims[0] / dims[1]),
      ];
      for (const i of voxels)
        for (const j of voxels) {
          if (labels[i] <= labels[j]) continue;
          const [p, q] = [at(i), at(j)];
          const distance = Math.hypot(
            ...p.map((v, axis) => Math.max(0, Math.abs(v - q[axis]) - 1) * spacing[axis]),
          );
          const key = `${labels[i]} ${labels[j]}`;
          if (distance <= limit && distance < (expected.get(key) ?? Infinity))
            expected.set(key, distance);
        }
      const found = gapsOf(shape, spacing, limit);
      expect(found).toHaveLength(expected.size);
      for (const { a, b, distance } of found)
        expect(distance).toBeCloseTo(expected.get(`${a} ${b}`)!, 6);
    }),
    { numRuns: 200 },
  );
});
