import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexToWorld, type Geometry, type Vec3 } from '@vessels/volume/geometry';
import {
  imageOnGrid,
  maskOnGrid,
  maskOnSlices,
  pixelAt,
  type Resampling,
  voxelOnGrid,
} from '@vessels/volume/resampling';

const geometry = (dims: Vec3): Geometry => ({
  dims,
  spacing: [0.5, 0.5, 2],
  origin: [10, -20, 30],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

/** Slices of 3 × 1 pixels, each moved by so many pixels along its row. */
const row = (shifts: readonly number[], heights = shifts.map((_, s) => s)): Resampling => ({
  slices: geometry([3, 1, shifts.length]),
  shifts: shifts.map((shift) => [shift, 0]),
  heights,
  grid: geometry([3 + Math.ceil(Math.max(...shifts)), 1, 1 + Math.floor(heights.at(-1)!)]),
});

/** Rows of a text, # is 1. */
const drawn = (...rows: readonly string[]) =>
  Uint8Array.from(rows.join(''), (sign) => Number(sign === '#'));

const text = (mask: Uint8Array, width: number) =>
  Array.from({ length: mask.length / width }, (_, j) =>
    [...mask.subarray(j * width, (j + 1) * width)].map((v) => (v ? '#' : '.')).join(''),
  );

describe('a mask of tilted slices', () => {
  const tilted = row([0, 0.8, 2.2]);
  const mask = drawn('#..', '#..', '##.');

  test('is moved slice by slice, as a whole', () => {
    expect(text(maskOnGrid(tilted, mask), 6)).toEqual(['#.....', '.#....', '..##..']);
  });

  test('comes back as it was', () => {
    expect(maskOnSlices(tilted, maskOnGrid(tilted, mask))).toEqual(mask);
  });

  test('loses what lies beside its slices', () => {
    const grid = drawn('#####.', '######', '######');
    expect(text(maskOnSlices(tilted, grid), 3)).toEqual(['###', '###', '###']);
  });
});

test('slices at unequal distances: each plane has the nearest slice, each slice the nearest plane', () => {
  const uneven = row([0, 0, 0, 0], [0, 1.2, 2.4, 4]);
  const mask = drawn('#..', '.#.', '..#', '###');
  // planes at 0, 1, 2, 3 and 4; the one at 3 is nearer to the slice at 2.4
  expect(text(maskOnGrid(uneven, mask), 3)).toEqual(['#..', '.#.', '..#', '..#', '###']);
  expect(maskOnSlices(uneven, maskOnGrid(uneven, mask))).toEqual(mask);
});

const STEP = fc.double({ min: 0, max: 2.4, noNaN: true });

const stacks = fc
  .record({
    dims: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)).map((n) => n.map((v) => v + 1) as never),
    tilt: fc.tuple(STEP, STEP),
    seed: fc.nat(),
  })
  .map(({ dims, tilt, seed }: { dims: Vec3; tilt: [number, number]; seed: number }) => {
    const [columns, rows, depth] = dims;
    const reach = tilt.map((step) => Math.ceil(step * (depth - 1)));
    const resampling: Resampling = {
      slices: geometry(dims),
      shifts: Array.from({ length: depth }, (_, s) => [s * tilt[0], s * tilt[1]] as const),
      heights: Array.from({ length: depth }, (_, s) => s),
      grid: geometry([columns + reach[0]!, rows + reach[1]!, depth]),
    };
    const mask = Uint8Array.from(
      { length: columns * rows * depth },
      (_, i) => (Math.imul(i + seed, 0x9e3779b1) >>> 29) & 1,
    );
    return { resampling, mask };
  });

test('a mask of tilted slices comes back from the grid as it was, whatever the tilt', () => {
  fc.assert(
    fc.property(stacks, ({ resampling, mask }) => {
      expect(maskOnSlices(resampling, maskOnGrid(resampling, mask))).toEqual(mask);
    }),
  );
});

test('a pixel is found at the voxel of the grid in which it lies', () => {
  fc.assert(
    fc.property(stacks, ({ resampling, mask }) => {
      const { slices, grid, shifts } = resampling;
      const isHalf = ([u, v]: readonly [number, number]) =>
        [u, v].some((shift) => Math.abs((shift % 1) - 0.5) < 1e-6);
      fc.pre(!shifts.some(isHalf));
      const onGrid = maskOnGrid(resampling, mask);
      const [nx, ny] = grid.dims;
      mask.forEach((value, v) => {
        const pixel: Vec3 = [
          v % slices.dims[0],
          Math.floor(v / slices.dims[0]) % slices.dims[1],
          Math.floor(v / (slices.dims[0] * slices.dims[1])),
        ];
        const [i, j, k] = voxelOnGrid(resampling, pixel);
        expect(onGrid[i + nx * (j + ny * k)]).toBe(value);
        const found = pixelAt(resampling, indexToWorld(grid, [i, j, k]));
        // 0 and −0 are the same place
        expect(found?.map((place) => place + 0)).toEqual(pixel);
      });
    }),
  );
});

test('no pixel lies beside the slices, or above and below them', () => {
  const tilted = row([0, 1, 2]);
  const at = (place: Vec3) => pixelAt(tilted, indexToWorld(tilted.grid, place));
  expect(at([2, 0, 0])).toEqual([2, 0, 0]);
  expect(at([2, 0, 2])).toEqual([0, 0, 2]);
  for (const place of [
    [3, 0, 0],
    [1, 0, 2],
    [2, 1, 1],
    [1, 0, -1],
    [2, 0, 3],
  ] as Vec3[])
    expect(at(place)).toBeUndefined();
});

test('an image of half a pixel of tilt is the mean of two neighbours', () => {
  const image = imageOnGrid(row([0, 0.5]), Float32Array.of(1, 2, 3, 10, 20, 30));
  expect([...image]).toEqual([1, 2, 3, 1, 1, 15, 25, 1]);
});
