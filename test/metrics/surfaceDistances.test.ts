import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  surfaceDistances,
  surfaceDistancesOfBits,
  type SurfaceOptions,
} from '@vessels/metrics/surfaceDistances';
import { distanceStatistics } from '@vessels/metrics/surfaceDistanceStatistics';
import { packBits, unpackBits } from '@vessels/volume/bits';
import { boundaryOfBits } from '@vessels/volume/boundary';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData, readJson } from '../helpers/data';
import { draw, fill, type Drawn } from '../helpers/draw';
import { flip, labelOf, merged, permute } from '../helpers/grid';
import { randomMask } from '../helpers/masks';
import { nearestOf, randomSpacing, voxelsWith } from '../helpers/nearest';

const measure = (
  prediction: Drawn,
  reference: Drawn,
  spacing: Vec3 = [1, 1, 1],
  options?: SurfaceOptions,
) => surfaceDistances(prediction.mask, reference.mask, reference.dims, spacing, options);

describe('drawn shapes', () => {
  test('two voxels lie as far apart as their centres', () => {
    const [a, b] = [draw(['#...', '....']), draw(['....', '...#'])];
    expect(measure(a, b, [1, 4, 9])).toEqual({ hd: 5, hd95: 5, assd: 5, nsd: 0 });
    expect(measure(a, b, [1, 4, 9], { tolerance: 5 }).nsd).toBe(1);
  });

  test('a line and one three voxels longer', () => {
    const [short, long] = [draw(['##########...']), draw(['#############'])];
    expect(measure(short, long, [2, 1, 1])).toEqual({
      hd: 6,
      // Ranks 0 … 12 of the longer line; 0.95 · 12 = 11.4 lies between its 4 mm and its 6 mm.
      hd95: expect.closeTo(4.8, 12),
      assd: (2 + 4 + 6) / 23,
      nsd: 20 / 23,
    });
    expect(measure(short, long, [2, 1, 1], { tolerance: 2 }).nsd).toBe(21 / 23);
  });

  test('the surface of a solid counts, not its inside: a cube and its shell coincide', () => {
    const cube = fill([9, 9, 9], (...place) => place.every((v) => v > 0 && v < 8));
    const shell = fill(
      [9, 9, 9],
      (...place) => place.every((v) => v > 0 && v < 8) && !place.every((v) => v > 1 && v < 7),
    );
    expect(measure(cube, shell)).toEqual({ hd: 0, hd95: 0, assd: 0, nsd: 1 });
  });

  test('in a 2-D image a square and its outline coincide with 8 neighbours only', () => {
    const square = draw(['#####', '#####', '#####', '#####', '#####']);
    const outline = draw(['#####', '#...#', '#...#', '#...#', '#####']);
    expect(measure(square, outline, [1, 1, 1], { neighbours: 8 }).hd).toBe(0);
    expect(measure(square, outline).hd).toBe(2);
  });

  test('a tolerance that has no exact float holds for a distance of the same length', () => {
    const [a, b] = [draw(['#.']), draw(['.#'])];
    expect(measure(a, b, [0.3, 1, 1], { tolerance: 0.3 }).nsd).toBe(1);
    expect(measure(a, b, [0.1, 1, 1], { tolerance: 0.1 }).nsd).toBe(1);
  });

  test('one voxel in a corner, a ball far away', () => {
    const dims: Vec3 = [110, 90, 70];
    const corner = fill(dims, (x, y, z) => x + y + z === 0);
    const ball = fill(dims, (x, y, z) => Math.hypot(x - 80, y - 60, z - 48) < 18);
    const { hd, assd } = measure(corner, ball, [0.5, 0.5, 0.5]);
    const centre = Math.hypot(80, 60, 48) / 2;
    expect(hd).toBeGreaterThan(centre + 8.5);
    expect(hd).toBeLessThan(centre + 9);
    expect(assd).toBeGreaterThan(centre - 9);
    expect(assd).toBeLessThan(centre + 9);
  });
});

test('the 95th percentile as numpy has it', () => {
  const p95 = (...distances: number[]) => distanceStatistics(Float32Array.from(distances), 1).p95;
  expect(p95(4, 0, 0, 0, 0)).toBe(3.1999999999999993);
  expect(p95(7)).toBe(7);
  expect(p95(1, 3)).toBe(2.9);
  expect(p95(0, 0, 0, 10)).toBeCloseTo(8.5, 12);
  expect(p95(...Array.from({ length: 23 }, (_, i) => 22 - i))).toBeCloseTo(20.9, 12);
  // A rank itself.
  expect(p95(...Array.from({ length: 21 }, (_, i) => i))).toBe(19);
});

describe('empty masks', () => {
  const one = draw(['#..', '...']);
  const none = draw(['...', '...']);
  const scores = (distance: number, nsd: number) => ({
    hd: distance,
    hd95: distance,
    assd: distance,
    nsd,
  });

  test('by default two empty masks agree, and one is as far as the volume allows', () => {
    expect(measure(none, none, [1, 2, 12])).toEqual(scores(0, 1));
    for (const [a, b] of [
      [one, none],
      [none, one],
    ])
      expect(measure(a, b, [1, 2, 12])).toEqual(scores(Math.hypot(3, 4, 12), 0));
  });

  test('as TopCoW: 90 mm where one is empty', () => {
    const options = { empty: 'topcow' } as const;
    for (const [a, b] of [
      [one, none],
      [none, one],
    ])
      expect(measure(a, b, [1, 1, 1], options)).toEqual(scores(90, 0));
    expect(measure(none, none, [1, 1, 1], options)).toEqual(scores(0, 0));
  });
});

test('a full volume has its six sides as surface', () => {
  const full = fill([6, 5, 4], () => true);
  const hollow = fill(
    [6, 5, 4],
    (x, y, z) => !(x > 0 && x < 5 && y > 0 && y < 4 && z > 0 && z < 3),
  );
  expect(measure(full, full)).toEqual({ hd: 0, hd95: 0, assd: 0, nsd: 1 });
  expect(measure(full, hollow)).toEqual({ hd: 0, hd95: 0, assd: 0, nsd: 1 });
});

describe('random pairs', () => {
  const pairs = () =>
    fc
      .tuple(randomMask(), fc.nat())
      .map(([shape, seed]): [Drawn, Drawn] => [
        shape,
        {
          ...shape,
          mask: shape.mask.map((v, i) => ((i * 7919 + seed) % 11 === 0 ? 1 - v : v)),
        },
      ])
      .filter((pair) => pair.every(({ mask }) => mask.includes(1)));

  test('the definitions', () => {
    fc.assert(
      fc.property(
        pairs(),
        randomSpacing(),
        fc.constantFrom(0, 0.3, 1),
        ([a, b], spacing, tolerance) => {
          const surface = ({ mask, dims }: Drawn) =>
            voxelsWith(1, { mask: unpackBits(boundaryOfBits(packBits(mask, dims))), dims });
          const [inA, inB] = [surface(a), surface(b)];
          const there = inA.map(nearestOf(inB, a.dims, spacing));
          const back = inB.map(nearestOf(inA, a.dims, spacing));
          const both = [...there, ...back];
          const mean = (values: readonly number[]) =>
            values.reduce((sum, value) => sum + value, 0) / values.length;
          const p95 = (values: readonly number[]) => {
            const sorted = Float64Array.from(values).sort();
            const place = 0.95 * (values.length - 1);
            const low = sorted[Math.floor(place)];
            return low + (sorted[Math.ceil(place)] - low) * (place % 1);
          };
          const measured = measure(a, b, spacing, { tolerance });
          expect(measured.hd).toBe(Math.max(...both));
          expect(measured.hd95).toBeCloseTo(Math.max(p95(there), p95(back)), 10);
          expect(measured.assd).toBeCloseTo(mean(both), 10);
          expect(measured.nsd).toBe(mean(both.map((d) => (d <= Math.fround(tolerance) ? 1 : 0))));
          const [bitsA, bitsB] = [packBits(a.mask, a.dims), packBits(b.mask, b.dims, 'z')];
          expect(surfaceDistancesOfBits(bitsA, bitsB, spacing, { tolerance })).toEqual(measured);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('symmetric, and the same in each orientation', () => {
    fc.assert(
      fc.property(pairs(), ([a, b]) => {
        const { hd, hd95, assd, nsd } = measure(a, b, [1, 2, 4]);
        const expected = { hd, hd95, assd: expect.closeTo(assd, 10), nsd };
        expect(measure(b, a, [1, 2, 4])).toEqual(expected);
        expect(measure(flip(a, 0), flip(b, 0), [1, 2, 4])).toEqual(expected);
        expect(measure(permute(a, [1, 2, 0]), permute(b, [1, 2, 0]), [2, 4, 1])).toEqual(expected);
        expect(measure(a, a)).toEqual({ hd: 0, hd95: 0, assd: 0, nsd: 1 });
      }),
      { numRuns: 60 },
    );
  });
});

test('bad arguments are refused by name', () => {
  const mask = new Uint8Array(8);
  const call = (spacing: Vec3, reference = mask, options: SurfaceOptions = {}) =>
    surfaceDistances(mask, reference, [2, 2, 2], spacing, options);
  const refused = (code: string, name: string) =>
    expect.objectContaining({ code, message: expect.stringContaining(name) });
  expect(() => call([1, 1, 1], new Uint8Array(7))).toThrow(refused('volume.length', 'reference'));
  expect(() => call([1, 0, 1])).toThrow(refused('volume.spacing', 'spacing'));
  expect(() => call([1, 1, 1], mask, { tolerance: NaN })).toThrow(
    refused('metrics.tolerance', 'tolerance'),
  );
  expect(() => call([1, 1, 1], mask, { tolerance: -1 })).toThrow(
    refused('metrics.tolerance', 'tolerance'),
  );
});

describeWithData('fixtures of TopCoW', () => {
  const fixture = (name: string) => readNifti(readData(`topcow-fixtures/${name}.nii.gz`));
  const expected = readJson<{ 'hd95_hd100 (mm)': Record<string, [number, number]> }>(
    'topcow-fixtures/EXPECTED.json',
  )['hd95_hd100 (mm)'];

  const pair = (
    reference: string,
    prediction: string,
    label?: number,
    options?: SurfaceOptions,
  ) => {
    const { data, geometry } = fixture(reference);
    const other = fixture(prediction).data;
    const of = (labels: ArrayLike<number>) =>
      label === undefined ? merged(labels, geometry.dims) : labelOf(labels, geometry.dims, label);
    const { hd95, hd } = measure(of(other), of(data), geometry.spacing, {
      empty: 'topcow',
      ...options,
    });
    return [hd95, hd];
  };

  // Its tests cut these down to 2-D images first.
  test.each([
    ['shape_14x14_Fig63_bin_gt', 'shape_14x14_Fig63_bin_pred', 'Fig63 14x14'],
    [
      'shape_11x11_2D_Fig50_large_bin_gt',
      'shape_11x11_2D_Fig50_large_bin_pred_1',
      'Fig50_large pred_1',
    ],
    [
      'shape_11x11_2D_Fig50_large_bin_gt',
      'shape_11x11_2D_Fig50_large_bin_pred_2',
      'Fig50_large pred_2',
    ],
    ['shape_7x7_Fig59_bin_gt', 'shape_7x7_Fig59_bin_pred_2top', 'Fig59 pred_2top'],
  ])('%s and %s', (reference, prediction, key) => {
    const measured = pair(`2D/${reference}`, `2D/${prediction}`, undefined, { neighbours: 8 });
    expect(measured.map((mm) => Math.round(100 * mm) / 100)).toEqual(expected[key]);
  });

  test('2-D images whose values stand in its tests alone', () => {
    const planar = (name: string, prediction: string) =>
      pair(`2D/${name}_bin_gt`, `2D/${name}_bin_${prediction}`, undefined, { neighbours: 8 });
    expect(planar('shape_11x11_2D_Fig10', 'pred')).toEqual([2, 2]);
    expect(planar('shape_7x7_Fig59', 'pred_1top')).toEqual([1, 1]);
  });

  test('labels 1, 2, 3 of the scaled image: spacing 1, 2, 3 mm', () => {
    const scaled = (label?: number) =>
      pair('3D/scaled_image_label_123_gt', '3D/scaled_image_label_123_pred', label);
    // Its numbers to the last digit: distances are float32, percentiles numpy's.
    expect([1, 2, 3].map(scaled)).toEqual([
      [3.1999999999999993, 4],
      [2.2360680103302, 2.2360680103302],
      [3.7045746207237245, 3.7416574954986572],
    ]);
    expect(scaled()).toEqual([2.69442720413208, 3]);
    const listed = expected['scaled_image labels 1,2,3'] as unknown as [number, number][];
    [1, 2, 3].forEach((label, i) =>
      scaled(label).forEach((mm, k) => expect(Math.abs(mm - listed[i][k])).toBeLessThan(5e-3)),
    );
  });

  test('the five classes of Fig54', () => {
    const class54 = (label?: number) =>
      pair(
        '3D/shape_11x11x5_3D_Fig54_label1-5_gt',
        '3D/shape_11x11x5_3D_Fig54_label1-5_pred',
        label,
      );
    expect([1, 2, 3, 4, 5].map(class54)).toEqual([
      [1.0207106769084933, 1.4142135381698608],
      [3.184441375732422, 3.605551242828369],
      [2, 3],
      [1.4142135381698608, 1.4142135381698608],
      [1.0500000000000007, 2],
    ]);
    expect(class54()).toEqual([3, 3.605551242828369]);
  });

  test('the small structures of Fig50, and a label that one side lacks', () => {
    const small = (label: number) =>
      pair(
        '3D/shape_2x2x2_3D_Fig50_label15_10_gt',
        '3D/shape_2x2x2_3D_Fig50_label15_10_pred',
        label,
      );
    expect(small(10)).toEqual([expect.closeTo(0.9, 12), 1]);
    expect(small(15)).toEqual([1, 1]);
    const line = draw(['#.']);
    const none = draw(['..']);
    for (const [a, b] of [
      [line, none],
      [none, line],
    ]) {
      const { hd95, hd } = measure(a, b, [1, 1, 1], { empty: 'topcow' });
      expect([hd95, hd]).toEqual(expected['either empty']);
    }
  });
});

describeWithData('against scipy', () => {
  // Boundaries by binary_erosion of 3×3×3, distances by cKDTree.
  test('tree128 and its perturbed twin', () => {
    const [reference, prediction] = ['tree128', 'tree128_pert'].map((name) =>
      readNifti(readData(`phantoms/${name}.nii.gz`)),
    );
    const { dims } = reference.geometry;
    const measured = surfaceDistances(
      prediction.data as Uint8Array,
      reference.data as Uint8Array,
      dims,
      [0.4, 0.5, 0.9],
      { tolerance: 0.5 },
    );
    expect(measured).toEqual({
      hd: expect.closeTo(23.871740615212794, 5),
      hd95: expect.closeTo(0.4, 6),
      assd: expect.closeTo(0.03547295743678032, 8),
      nsd: expect.closeTo(0.9874587262397001, 12),
    });
  });
});
