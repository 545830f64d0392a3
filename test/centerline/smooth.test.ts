import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SMOOTHING, smoothPath } from '@vessels/centerline/smooth';
import type { Vec3 } from '@vessels/volume/geometry';
import { digitiseCurve, unit } from '../helpers/vessels';

const digitise = (curve: (t: number) => Vec3): Float64Array =>
  Float64Array.from(digitiseCurve(curve).flat());

const length = (path: Float64Array, spacing: Vec3): number => {
  let sum = 0;
  for (let i = 3; i < path.length; i += 3)
    sum += Math.hypot(...[0, 1, 2].map((a) => (path[i + a] - path[i + a - 3]) * spacing[a]));
  return sum;
};
const chord = (path: Float64Array, spacing: Vec3): number =>
  length(Float64Array.of(...path.slice(0, 3), ...path.slice(-3)), spacing);

const direction = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([z, turn]): Vec3 => {
    const across = Math.sqrt(1 - z * z);
    return [across * Math.cos(Math.PI * turn), across * Math.sin(Math.PI * turn), z];
  });
const shift = fc.tuple(
  ...([0, 1, 2] as const).map(() => fc.double({ min: 0, max: 1, noNaN: true })),
);
const SPACINGS: Vec3[] = [
  [1, 1, 1],
  [0.4, 0.4, 1],
  [0.5, 0.5, 2.5],
  [1, 0.3, 0.7],
];

test.each(SPACINGS)(
  'a digitised line keeps its length within 2 %%, spacing %p × %p × %p',
  (...spacing) => {
    const size = 25 * Math.max(...spacing);
    fc.assert(
      fc.property(direction, shift, (towards, from) => {
        const path = digitise((t) => [
          from[0] + (t * size * towards[0]) / spacing[0],
          from[1] + (t * size * towards[1]) / spacing[1],
          from[2] + (t * size * towards[2]) / spacing[2],
        ]);
        const excess = length(smoothPath(path, spacing), spacing) / chord(path, spacing) - 1;
        expect(excess).toBeGreaterThanOrEqual(-1e-9);
        expect(excess).toBeLessThan(0.02);
      }),
      { numRuns: 150 },
    );
  },
);

test('the staircase itself is up to 12 % too long', () => {
  const path = digitise((t) => [40 * t, 16 * t, 0]);
  const steps = 16 * Math.SQRT2 + 24;
  expect(length(path, [1, 1, 1])).toBeCloseTo(steps, 6);
  expect(steps / chord(path, [1, 1, 1])).toBeGreaterThan(1.07);
});

test('lines along the grid and its diagonals stay as they are', () => {
  for (const step of [
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
  ]) {
    const path = Float64Array.from({ length: 60 }, (_, i) => Math.floor(i / 3) * step[i % 3]);
    smoothPath(path, [0.5, 1, 2]).forEach((value, i) => expect(value).toBeCloseTo(path[i], 9));
  }
});

test('both ends stay; no point leaves its voxel by much', () => {
  fc.assert(
    fc.property(direction, direction, shift, (a, b, from) => {
      const path = digitise((t) => {
        const [u, v] = t < 0.5 ? [t, 0] : [0.5, t - 0.5];
        return [0, 1, 2].map((k) => from[k] + 40 * (u * a[k] + v * b[k])) as unknown as Vec3;
      });
      const smooth = smoothPath(path, [1, 1, 1]);
      expect([...smooth.slice(0, 3)]).toEqual([...path.slice(0, 3)]);
      expect([...smooth.slice(-3)]).toEqual([...path.slice(-3)]);
      for (let i = 0; i < path.length; i++)
        expect(Math.abs(smooth[i] - path[i])).toBeLessThan(1.5 * SMOOTHING.reach);
    }),
  );
});

test.each([
  [6, 0.05],
  [10, 0.03],
  [20, 0.01],
])(
  'a ring of radius %i voxels keeps its length; its seam is as smooth as the rest',
  (radius, bound) => {
    const u = unit([1, 2, -1]);
    const v = unit([2, -1, 0]);
    const ring = digitise((t) => {
      const [c, s] = [Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)];
      return [0, 1, 2].map((k) => 0.3 + radius * (c * u[k] + s * v[k])) as unknown as Vec3;
    });
    const smooth = smoothPath(ring, [1, 1, 1], true);
    expect([...smooth.slice(0, 3)]).toEqual([...smooth.slice(-3)]);
    expect(Math.abs(length(smooth, [1, 1, 1]) / (2 * Math.PI * radius) - 1)).toBeLessThan(bound);
    const turned = Float64Array.of(...ring.slice(30), ...ring.slice(3, 33));
    expect(length(smoothPath(turned, [1, 1, 1], true), [1, 1, 1])).toBeCloseTo(
      length(smooth, [1, 1, 1]),
      3,
    );
  },
);

test('one or two points stay', () => {
  expect([...smoothPath(Float64Array.of(1, 2, 3), [1, 1, 1])]).toEqual([1, 2, 3]);
  expect([...smoothPath(Float64Array.of(1, 2, 3, 2, 3, 4), [1, 1, 1])]).toEqual([1, 2, 3, 2, 3, 4]);
});
