import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inscribedSpheres, radiusOf } from '@vessels/centerline/inscribed';
import { acrossOf, ALL_DIRECTIONS, recentre, RECENTRING } from '@vessels/centerline/recentre';
import { distanceAt } from '@vessels/volume/distance';
import type { Vec3 } from '@vessels/volume/geometry';
import { draw } from '../helpers/draw';
import { randomMask } from '../helpers/masks';
import { cylinder, digitise, gridAround, randomDirection, uniform, unit } from '../helpers/vessels';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const spacings = fc.constantFrom<Vec3>([1, 1, 1], [0.3, 0.5, 1.7], [2, 0.4, 1]);

describe('clearance', () => {
  test('distance to the nearest background centre, from between the voxels', () => {
    const { mask, dims } = draw(['#####', '#####', '###.#']);
    const spheres = inscribedSpheres(mask, dims, [1, 2, 1]);
    expect(spheres.clearance(0, 0, 0)).toBe(Math.hypot(3, 4));
    expect(spheres.clearance(3, 0.5, 0)).toBe(3);
    expect(spheres.contact).toEqual([3, 2, 0]);
    expect(spheres.clearance(3, 2, 0)).toBe(0);
  });

  test('equals a search over all voxels, and the distance transform at voxels', () => {
    fc.assert(
      fc.property(
        randomMask(),
        spacings,
        fraction,
        fraction,
        fraction,
        (shape, spacing, a, b, c) => {
          const { mask, dims } = shape;
          const point = [a, b, c].map((f, axis) => f * (dims[axis] - 1)) as unknown as Vec3;
          let nearest = Math.hypot(...dims.map((n, axis) => n * spacing[axis]));
          mask.forEach((v, i) => {
            const voxel = [
              i % dims[0],
              Math.floor(i / dims[0]) % dims[1],
              Math.floor(i / dims[0] / dims[1]),
            ];
            const away = Math.hypot(...voxel.map((n, axis) => (n - point[axis]) * spacing[axis]));
            if (v === 0) nearest = Math.min(nearest, away);
          });
          const spheres = inscribedSpheres(mask, dims, spacing);
          expect(spheres.clearance(...point)).toBeCloseTo(nearest, 9);
          expect(spheres.clearance(...point, nearest * 1.001)).toBe(0);
          const voxel = point.map(Math.round) as unknown as Vec3;
          if (mask.every((v) => v !== 0)) return;
          const index = Uint32Array.of((voxel[2] * dims[1] + voxel[1]) * dims[0] + voxel[0]);
          expect(spheres.clearance(...voxel)).toBeCloseTo(
            distanceAt(mask, dims, spacing, index)[0],
            5,
          );
        },
      ),
    );
  });

  test('without background it is the diagonal of the volume', () => {
    const full = inscribedSpheres(new Uint8Array(24).fill(1), [2, 3, 4], [1, 1, 1]);
    expect(full.clearance(0, 0, 0)).toBe(Math.hypot(2, 3, 4));
  });
});

describe('radius', () => {
  test.each([1, 1.5, 2, 3, 5])(
    'of tubes of %p voxel edges, on the axis: right on average within 0.05 edges',
    (radius) => {
      const next = uniform(1);
      const errors = Array.from({ length: 60 }, () => {
        const axis = randomDirection(next);
        const reach = radius + 3;
        const shift: Vec3 = [next(), next(), next()];
        const grid = gridAround([reach, reach, reach], [1, 1, 1], shift);
        const { data } = digitise(cylinder([0, 0, 0], axis, 99, radius), grid);
        const spheres = inscribedSpheres(data, grid.dims, grid.spacing);
        const [x, y, z] = grid.origin.map((o) => -o);
        return radiusOf(spheres.clearance(x, y, z), grid.spacing) - radius;
      });
      const mean = errors.reduce((sum, v) => sum + v, 0) / errors.length;
      expect(Math.abs(mean)).toBeLessThan(0.05);
      for (const error of errors) expect(Math.abs(error)).toBeLessThan(0.5);
    },
  );

  test('scales with the spacing', () => {
    expect(radiusOf(3, [0.5, 0.5, 0.5])).toBeCloseTo(radiusOf(6, [1, 1, 1]) / 2, 12);
    expect(radiusOf(0.1, [1, 1, 1])).toBeGreaterThan(0);
  });
});

describe('recentring', () => {
  test('a point beside the axis of a tube returns to it', () => {
    const axis = unit([1, 0.4, 0.2]);
    const grid = gridAround([9, 9, 9], [0.5, 0.5, 0.8]);
    const { data, geometry } = digitise(cylinder([0, 0, 0], axis, 99, 3), grid);
    const spheres = inscribedSpheres(data, geometry.dims, geometry.spacing);
    const middle = grid.origin.map((o, k) => -o / grid.spacing[k]);
    for (const direction of acrossOf(axis)) {
      const off = middle.map((v, k) => v + (0.4 * direction[k]) / grid.spacing[k]);
      const found = recentre(spheres, grid.spacing, [off[0], off[1], off[2]], acrossOf(axis));
      const away = found.map((v, k) => (v - middle[k]) * grid.spacing[k]);
      expect(Math.hypot(...away)).toBeLessThan(0.15);
    }
  });

  test('never moves farther than its reach, never to a smaller sphere', () => {
    fc.assert(
      fc.property(
        randomMask(),
        spacings,
        fraction,
        fraction,
        fraction,
        (shape, spacing, a, b, c) => {
          const { mask, dims } = shape;
          const spheres = inscribedSpheres(mask, dims, spacing);
          const point = [a, b, c].map((f, axis) => f * (dims[axis] - 1)) as unknown as Vec3;
          const before = spheres.clearance(...point);
          const found = recentre(spheres, spacing, point, ALL_DIRECTIONS);
          expect(spheres.clearance(...found)).toBeGreaterThanOrEqual(before);
          found.forEach((v, k) =>
            expect(Math.abs(v - point[k])).toBeLessThanOrEqual(RECENTRING.reach + 1e-9),
          );
        },
      ),
    );
  });

  test('directions across a vector are perpendicular to it and to each other, of length 1', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        const along: Vec3 = [a - 0.5, b - 0.5, c + 0.01];
        const [u, v] = acrossOf(along);
        const dot = (p: Vec3, q: Vec3) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
        for (const [p, q] of [
          [u, along],
          [v, along],
          [u, v],
        ])
          expect(dot(p, q)).toBeCloseTo(0, 9);
        expect(Math.hypot(...u)).toBeCloseTo(1, 9);
        expect(Math.hypot(...v)).toBeCloseTo(1, 9);
      }),
    );
    expect(acrossOf([0, 0, 0])).toBe(ALL_DIRECTIONS);
  });
});
