import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Vec3 } from '@vessels/volume/geometry';
import { resize, type ResizeOrder } from '@vessels/volume/resize';

const line = (values: readonly number[], to: number, order: ResizeOrder) =>
  Array.from(resize(Float32Array.from(values), [values.length, 1, 1], [to, 1, 1], order));

const close = (actual: ArrayLike<number>, wanted: readonly number[], digits = 4) =>
  Array.from(actual).forEach((value, i) => expect(value).toBeCloseTo(wanted[i], digits));

test('linear: new voxels lie at the same distances from the ends', () => {
  // Twice as many: a quarter and three quarters between neighbours, the ends as they are.
  expect(line([0, 4], 4, 1)).toEqual([0, 1, 3, 4]);
  expect(line([0, 4, 8, 12], 2, 1)).toEqual([2, 10]);
});

test('nearest: the voxel that the middle of the new one lies in', () => {
  expect(line([1, 2, 3], 6, 0)).toEqual([1, 1, 2, 2, 3, 3]);
  expect(line([1, 2, 3, 4, 5, 6], 2, 0)).toEqual([2, 5]);
});

// skimage 0.26: resize(…, order, mode='edge', anti_aliasing=False)
test.each([
  [9, [0, 0.15914, 1.52591, 3.7492, 3.47548, 1.52324, 0.17174, 0, 0.02627]],
  [4, [0.03384, 3.54874, 1.30331, 0]],
])('cubic to %d voxels, as scikit-image', (to, wanted) => {
  close(line([0, 1, 4, 2, 0, 0], to, 3), wanted);
});

const VOLUME = Float32Array.from(
  [
    ...'128614527145467a36730a33965807417926377287784891845173936462',
    ...'27869292a66a881412291358a72571746775625155840527449433515967',
  ],
  (digit) => parseInt(digit, 11),
);
const every23rd = (values: Float32Array) => values.filter((_, i) => i % 23 === 0);

test('a volume, as scikit-image', () => {
  close(
    every23rd(resize(VOLUME, [6, 5, 4], [9, 4, 7], 3)),
    [1.2149, 10, 4.6476, 2.4943, 4.924, 5.2497, 3.9822, 7.7873, 6.3903, 6.4385, 1.8164],
    3,
  );
});

test('slices by themselves and then the nearest one, as nnU-Net', () => {
  close(
    every23rd(resize(VOLUME, [6, 5, 4], [9, 4, 7], [3, 3, 0], 2)),
    [1.5171, 10, 3.8084, 0.9862, 5.1992, 6.2923, 2.4456, 7.7105, 6.4121, 5.1329, 2.0557],
    3,
  );
});

test('a constant stays, on any grid; the range is never left', () => {
  const size = fc.integer({ min: 1, max: 7 });
  const dims = fc.tuple(size, size, size);
  const order = fc.constantFrom<ResizeOrder>(0, 1, 3);
  fc.assert(
    fc.property(dims, dims, order, fc.integer(), (from, to, each, seed) => {
      const n = from[0] * from[1] * from[2];
      const constant = resize(new Float32Array(n).fill(2.5), from as Vec3, to as Vec3, each);
      expect(constant).toHaveLength(to[0] * to[1] * to[2]);
      close(constant, new Array<number>(constant.length).fill(2.5));
      const data = Float32Array.from({ length: n }, (_, i) => ((i + 1) * (seed | 1)) % 17);
      const [low, high] = [Math.min(...data), Math.max(...data)];
      for (const value of resize(data, from as Vec3, to as Vec3, each)) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
    }),
  );
});

test('the same grid gives a copy', () => {
  const copy = resize(VOLUME, [6, 5, 4], [6, 5, 4], 3);
  expect(copy).toEqual(VOLUME);
  expect(copy).not.toBe(VOLUME);
});
