import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bettiError } from '@vessels/metrics/bettiError';
import { clDice } from '@vessels/metrics/cldice';
import { toLabels } from '@vessels/metrics/labels';
import { compareLabels } from '@vessels/metrics/labelsCompare';
import { dice, iou } from '@vessels/metrics/overlap';
import { METRIC_PRESETS } from '@vessels/metrics/presets';
import type { ClassScores, Scores } from '@vessels/metrics/scores';
import { skeletonPrecision, skeletonRecall } from '@vessels/metrics/skeletonRecall';
import { surfaceDistances } from '@vessels/metrics/surfaceDistances';
import { skeletonize } from '@vessels/skeleton/thinning';
import { tubedSkeleton } from '@vessels/skeleton/tubed';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { flip, labelOf, merged, permute } from '../helpers/grid';
import { drawLabels, randomLabelPair } from '../helpers/labelmaps';

const SPACING: Vec3 = [0.5, 1, 1.5];
const presets = Object.values(METRIC_PRESETS);

/** Every number of a result, with the way to it. */
const numbersOf = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, `${path}.${key}`))
    : [[path, value]];

describe('drawn labelmaps', () => {
  const reference = drawLabels(['111112222'], ['.........'], ['333......']);
  const prediction = drawLabels(['111111222'], ['.........'], ['......4..']);
  const geometry = { dims: reference.dims, spacing: SPACING };
  const {
    classes,
    average,
    merged: all,
  } = compareLabels(prediction.labels, reference.labels, geometry);

  test('classes are those of either map', () => {
    expect(Object.keys(classes)).toEqual(['1', '2', '3', '4']);
    expect(classes[1].voxels).toEqual({ prediction: 6, reference: 5, both: 5 });
    expect(classes[3].voxels).toEqual({ prediction: 0, reference: 3, both: 0 });
    expect(all.voxels).toEqual({ prediction: 10, reference: 12, both: 9 });
  });

  test('overlap of each class, of all, and the mean over four classes', () => {
    expect(classes[1]).toMatchObject({ dice: 10 / 11, iou: 5 / 6 });
    expect(classes[2]).toMatchObject({ dice: 6 / 7, iou: 3 / 4 });
    expect(classes[3]).toMatchObject({ dice: 0, iou: 0 });
    expect(all).toMatchObject({ dice: 18 / 22, iou: 9 / 13 });
    expect(average.dice).toBeCloseTo((10 / 11 + 6 / 7) / 4, 12);
  });

  test('lines are their own skeletons and tubes', () => {
    expect(classes[1]).toMatchObject({ tprec: 5 / 6, tsens: 1, clDice: 10 / 11 });
    expect(classes[1]).toMatchObject({ skeletonPrecision: 5 / 6, skeletonRecall: 1 });
    expect(classes[2]).toMatchObject({ tprec: 1, tsens: 3 / 4 });
    expect(classes[2]).toMatchObject({ skeletonPrecision: 1, skeletonRecall: 3 / 4 });
    expect(all).toMatchObject({ tprec: 9 / 10, tsens: 9 / 12 });
    expect(all).toMatchObject({ skeletonPrecision: 9 / 10, skeletonRecall: 9 / 12 });
  });

  test('distances in mm: class 1 is a voxel of 0.5 mm too long, class 3 is missing', () => {
    expect(classes[1]).toMatchObject({ hd: 0.5, assd: 0.5 / 11, nsd: 1 });
    expect(classes[3].hd).toBe(Math.hypot(4.5, 1, 4.5));
    expect(all.hd).toBeGreaterThan(classes[1].hd);
    const strict = { ...METRIC_PRESETS.safe, tolerance: 0.4 };
    const scores = compareLabels(prediction.labels, reference.labels, geometry, strict);
    expect(scores.classes[1].nsd).toBe(10 / 11);
  });

  test('a class on one side only has a component too many', () => {
    expect(classes[3]).toMatchObject({ bettiError: { b0: 1, b1: 0, b2: 0 } });
    expect(classes[4].betti).toEqual({
      prediction: { b0: 1, b1: 0, b2: 0 },
      reference: { b0: 0, b1: 0, b2: 0 },
    });
    expect(all.bettiError).toEqual({ b0: 0, b1: 0, b2: 0 });
    expect(average.bettiError).toEqual({ b0: 1 / 2, b1: 0, b2: 0 });
  });

  test('a result survives JSON', () => {
    const result = { classes, average, merged: all };
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('a ring of two classes: the loop is in the merged mask only', () => {
    const ring = drawLabels(['1122', '1..2', '1122']);
    const scores = compareLabels(ring.labels, ring.labels, { dims: ring.dims, spacing: SPACING });
    expect(scores.merged.betti.reference).toEqual({ b0: 1, b1: 1, b2: 0 });
    expect(scores.classes[1].betti.reference).toEqual({ b0: 1, b1: 0, b2: 0 });
  });
});

describe('a class beside the tube', () => {
  // A vessel 9 voxels thick along x; class 2 is a line of its wall, 4 steps from the centerline.
  const dims: Vec3 = [31, 9, 9];
  const labels = new Uint8Array(31 * 81);
  for (let i = 0; i < labels.length; i++) {
    const [y, z] = [Math.floor(i / 31) % 9, Math.floor(i / 279)];
    if (Math.hypot(y - 4, z - 4) < 4.5) labels[i] = y === 8 && z === 4 ? 2 : 1;
  }
  const lost = labels.map((label, i) => (label === 2 && i % 31 < 15 ? 0 : label));
  const geometry = { dims, spacing: SPACING };

  test('holds no voxel of it', () => {
    expect(tubedSkeleton(labels, dims, 'safe')).not.toContain(2);
  });

  test('is scored by all its voxels in the safe preset, as empty in the one of TopCoW', () => {
    const { classes } = compareLabels(lost, labels, geometry);
    expect(classes[2].voxels).toEqual({ prediction: 16, reference: 31, both: 16 });
    expect(classes[2]).toMatchObject({ skeletonRecall: 16 / 31, skeletonPrecision: 1 });
    const { classes: topcow } = compareLabels(lost, labels, geometry, METRIC_PRESETS.topcow);
    expect(topcow[2]).toMatchObject({ skeletonRecall: 0, skeletonPrecision: 0 });
  });
});

describe('classes that are missing', () => {
  const none = drawLabels(['...', '...']);
  const some = drawLabels(['.5.', '.5.']);
  const geometry = { dims: none.dims, spacing: [3, 4, 12] as Vec3 };

  test.each([
    ['safe', 1],
    ['topcow', 0],
  ] as const)('%s: no class at all scores %d everywhere, without an error', (name, score) => {
    const result = compareLabels(none.labels, none.labels, geometry, METRIC_PRESETS[name]);
    expect(result.classes).toEqual({});
    for (const scores of [result.average, result.merged])
      expect(scores).toMatchObject({
        dice: score,
        iou: score,
        clDice: score,
        tprec: score,
        tsens: score,
        skeletonRecall: score,
        skeletonPrecision: score,
        bettiError: { b0: 0, b1: 0, b2: 0 },
        hd: 0,
        hd95: 0,
        assd: 0,
        nsd: score,
      });
  });

  // 3 × 2 × 1 voxels of 3 × 4 × 12 mm.
  test.each([
    ['safe', Math.hypot(9, 8, 12)],
    ['topcow', 90],
  ] as const)('%s: a class on one side scores 0 and is %d mm away', (name, distance) => {
    const preset = METRIC_PRESETS[name];
    for (const [p, r] of [
      [none, some],
      [some, none],
    ]) {
      const result = compareLabels(p.labels, r.labels, geometry, preset);
      expect(Object.keys(result.classes)).toEqual(['5']);
      for (const scores of [result.average, result.merged, result.classes[5]])
        expect(scores).toMatchObject({
          dice: 0,
          iou: 0,
          clDice: 0,
          tprec: 0,
          tsens: 0,
          skeletonRecall: 0,
          skeletonPrecision: 0,
          bettiError: { b0: 1, b1: 0, b2: 0 },
          hd: distance,
          hd95: distance,
          assd: distance,
          nsd: 0,
        });
    }
  });
});

describe('any pair', () => {
  const runs = { numRuns: 60 };
  const geometryOf = (dims: Vec3) => ({ dims, spacing: SPACING });

  test('every score is a finite number, shares lie in 0 … 1', () => {
    fc.assert(
      fc.property(
        randomLabelPair(),
        fc.constantFrom(...presets),
        ({ prediction, reference, dims }, preset) => {
          const result = compareLabels(prediction, reference, geometryOf(dims), preset);
          for (const [path, value] of numbersOf(result))
            expect([path, Number.isFinite(value)]).toEqual([path, true]);
          for (const scores of [result.average, result.merged, ...Object.values(result.classes)])
            for (const share of SHARES) {
              expect(scores[share]).toBeGreaterThanOrEqual(0);
              expect(scores[share]).toBeLessThanOrEqual(1);
            }
          // No distance is greater than the diagonal of the volume, or TopCoW's value for a missing class.
          const greatest = Math.max(90, Math.hypot(...dims.map((n, axis) => n * SPACING[axis])));
          for (const distance of DISTANCES) {
            expect(result.average[distance]).toBeGreaterThanOrEqual(0);
            expect(result.average[distance]).toBeLessThanOrEqual(greatest);
          }
        },
      ),
      runs,
    );
  });

  test('equal maps score 1 without an error', () => {
    fc.assert(
      fc.property(randomLabelPair(), ({ reference, dims }) => {
        const {
          classes,
          average,
          merged: all,
        } = compareLabels(reference, reference.slice(), geometryOf(dims));
        for (const scores of [average, all, ...Object.values(classes)]) {
          for (const share of SHARES) expect([share, scores[share]]).toEqual([share, 1]);
          expect(scores).toMatchObject({ hd: 0, hd95: 0, assd: 0 });
          expect(scores.bettiError).toEqual({ b0: 0, b1: 0, b2: 0 });
        }
      }),
      runs,
    );
  });

  test('exchanging the maps exchanges the two sides of each score', () => {
    fc.assert(
      fc.property(
        randomLabelPair(),
        fc.constantFrom(...presets),
        ({ prediction, reference, dims }, preset) => {
          const there = compareLabels(prediction, reference, geometryOf(dims), preset);
          const back = compareLabels(reference, prediction, geometryOf(dims), preset);
          expect(Object.keys(back.classes)).toEqual(Object.keys(there.classes));
          expect(back.merged).toEqual(exchanged(there.merged));
          for (const [label, scores] of Object.entries(there.classes))
            expect(back.classes[Number(label)]).toEqual(exchanged(scores));
        },
      ),
      runs,
    );
  });

  test('each class, and all as one, score as the functions on masks', () => {
    fc.assert(
      fc.property(
        randomLabelPair(),
        fc.constantFrom(...presets),
        ({ prediction, reference, dims }, preset) => {
          const result = compareLabels(prediction, reference, geometryOf(dims), preset);
          const check = (scores: ClassScores, p: Uint8Array, r: Uint8Array) => {
            const betti = { prediction: bettiNumbers(p, dims), reference: bettiNumbers(r, dims) };
            expect(scores).toMatchObject({
              dice: dice(p, r, preset.empty),
              iou: iou(p, r, preset.empty),
              ...clDice(p, r, dims, preset),
              betti,
              bettiError: bettiError(betti.prediction, betti.reference),
              ...surfaceDistances(p, r, dims, SPACING, preset),
            });
          };
          const [p, r] = [prediction, reference].map((labels) => merged(labels, dims).mask);
          check(result.merged, p, r);
          expect(result.merged.skeletonRecall).toBe(skeletonRecall(p, r, dims, preset));
          expect(result.merged.skeletonPrecision).toBe(skeletonPrecision(p, r, dims, preset));
          for (const [label, scores] of Object.entries(result.classes))
            check(
              scores,
              labelOf(prediction, dims, Number(label)).mask,
              labelOf(reference, dims, Number(label)).mask,
            );
        },
      ),
      runs,
    );
  });

  test('skeleton recall of a class is counted on the tubed skeleton of the labelmap', () => {
    fc.assert(
      fc.property(randomLabelPair(), ({ prediction, reference, dims }) => {
        const tube = tubedSkeleton(reference, dims, 'safe');
        const { classes } = compareLabels(prediction, reference, geometryOf(dims));
        for (const [label, { skeletonRecall: recall }] of Object.entries(classes)) {
          const asked = Array.from(tube.keys()).filter((i) => tube[i] === Number(label));
          if (asked.length === 0) continue;
          const found = asked.filter((i) => prediction[i] === Number(label));
          expect([label, recall]).toEqual([label, found.length / asked.length]);
        }
      }),
      runs,
    );
  });

  test('the average is the mean of the classes', () => {
    fc.assert(
      fc.property(randomLabelPair(), ({ prediction, reference, dims }) => {
        const { classes, average } = compareLabels(prediction, reference, geometryOf(dims));
        const all = Object.values(classes);
        if (all.length === 0) return;
        const mean = (pick: (scores: Scores) => number) =>
          all.reduce((sum, scores) => sum + pick(scores), 0) / all.length;
        for (const score of [...SHARES, ...DISTANCES])
          expect(average[score]).toBe(mean((s) => s[score]));
        for (const b of ['b0', 'b1', 'b2'] as const)
          expect(average.bettiError[b]).toBe(mean((s) => s.bettiError[b]));
      }),
      runs,
    );
  });

  test('turned and mirrored maps have the same overlaps, Betti numbers and distances', () => {
    fc.assert(
      fc.property(
        randomLabelPair(),
        fc.constantFrom<Vec3>([1, 0, 2], [2, 0, 1]),
        fc.constantFrom(0, 1, 2 as const),
        ({ prediction, reference, dims }, order, axis) => {
          // One label at a time: the helpers turn masks.
          const turned = [prediction, reference].map((labels) => {
            const out = new Uint8Array(labels.length);
            for (const label of new Set(labels))
              if (label !== 0)
                flip(permute(labelOf(labels, dims, label), order), axis).mask.forEach((v, i) => {
                  if (v) out[i] = label;
                });
            return out;
          });
          const straight = compareLabels(prediction, reference, geometryOf(dims));
          const other = compareLabels(turned[0], turned[1], {
            dims: order.map((a) => dims[a]) as unknown as Vec3,
            spacing: order.map((a) => SPACING[a]) as unknown as Vec3,
          });
          expect(invariant(other.merged)).toEqual(invariant(straight.merged));
          for (const [label, scores] of Object.entries(straight.classes))
            expect(invariant(other.classes[Number(label)])).toEqual(invariant(scores));
        },
      ),
      runs,
    );
  });
});

const SHARES = [
  'dice',
  'iou',
  'clDice',
  'tprec',
  'tsens',
  'skeletonRecall',
  'skeletonPrecision',
  'nsd',
] as const;
const DISTANCES = ['hd', 'hd95', 'assd'] as const;

/** The scores of the exchanged pair. */
const exchanged = (scores: ClassScores): ClassScores => ({
  ...scores,
  voxels: {
    prediction: scores.voxels.reference,
    reference: scores.voxels.prediction,
    both: scores.voxels.both,
  },
  tprec: scores.tsens,
  tsens: scores.tprec,
  skeletonRecall: scores.skeletonPrecision,
  skeletonPrecision: scores.skeletonRecall,
  betti: { prediction: scores.betti.reference, reference: scores.betti.prediction },
});

/** What does not depend on the order or the direction of the axes. */
const invariant = (scores: ClassScores) => ({
  voxels: scores.voxels,
  dice: scores.dice,
  iou: scores.iou,
  betti: scores.betti,
  bettiError: scores.bettiError,
  nsd: scores.nsd,
  // Sums depend on their order in the last digits: those of a mean, and of the diagonal of the volume.
  distances: DISTANCES.map((distance) => scores[distance].toPrecision(10)),
});

test('maps that begin between two words score as others do', () => {
  fc.assert(
    fc.property(randomLabelPair(), fc.nat(3), ({ prediction, reference, dims }, before) => {
      const room = new Uint8Array(prediction.length + before).fill(9);
      room.set(prediction, before);
      const geometry = { dims, spacing: SPACING };
      const plain = compareLabels(prediction, reference, geometry);
      expect(compareLabels(room.subarray(before), reference, geometry)).toEqual(plain);
      expect(compareLabels(prediction, Uint16Array.from(reference), geometry)).toEqual(plain);
    }),
    { numRuns: 60 },
  );
});

describe('labels of any type', () => {
  const { labels, dims } = drawLabels(['11.22', '11.2.']);
  const geometry = { dims, spacing: SPACING };

  test('16-bit labels beyond 255, on one side or both', () => {
    const wide = (map: Uint8Array) => Uint16Array.from(map, (v) => (v === 2 ? 40000 : v));
    const both = compareLabels(wide(labels), wide(labels), geometry);
    expect(Object.keys(both.classes)).toEqual(['1', '40000']);
    expect(both.average.dice).toBe(1);
    const mixed = compareLabels(labels, wide(labels), geometry);
    expect(Object.keys(mixed.classes)).toEqual(['1', '2', '40000']);
    expect(mixed.classes[1].skeletonRecall).toBe(1);
    expect(mixed.classes[40000]).toMatchObject({ dice: 0, skeletonRecall: 0 });
    expect(mixed.merged.clDice).toBe(1);
  });

  test.each([Int16Array, Int32Array, Float32Array, Int8Array])('%p is read as labels', (Type) => {
    expect(compareLabels(Type.from(labels), labels, geometry)).toEqual(
      compareLabels(labels, labels, geometry),
    );
  });

  test.each([
    [1.5, Float32Array],
    [NaN, Float32Array],
    [Infinity, Float32Array],
    [-1, Int16Array],
    [65536, Int32Array],
  ])('%d is no label', (value, Type) => {
    expect(() => toLabels(Type.from([0, value]), 'reference')).toThrow(
      expect.objectContaining({
        code: 'labels.value',
        message: expect.stringMatching(/^reference .* voxel 1;/),
      }),
    );
  });
});

describe('bad input is refused by name', () => {
  const eight = new Uint8Array(8);
  const dims: Vec3 = [2, 2, 2];

  test.each<[string, Uint8Array, Uint8Array, Vec3, Vec3, string]>([
    ['volume.length', new Uint8Array(7), eight, dims, SPACING, 'prediction'],
    ['volume.length', eight, new Uint8Array(9), dims, SPACING, 'reference'],
    ['volume.dims', eight, eight, [2, 0, 4], SPACING, 'dims'],
    ['volume.spacing', eight, eight, dims, [1, NaN, 1], 'spacing'],
    ['volume.spacing', eight, eight, dims, [1, 1, Infinity], 'spacing'],
    ['volume.too-large', eight, eight, [2048, 2048, 1024], SPACING, 'dims'],
  ])('%s', (code, prediction, reference, shape, spacing, name) => {
    expect(() => compareLabels(prediction, reference, { dims: shape, spacing })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(name) }),
    );
  });

  test.each([NaN, -1])('a tolerance of %d mm', (tolerance) => {
    const preset = { ...METRIC_PRESETS.safe, tolerance };
    expect(() => compareLabels(eight, eight, { dims, spacing: SPACING }, preset)).toThrow(
      expect.objectContaining({ code: 'metrics.tolerance' }),
    );
  });
});

test('a crop changes no skeleton: every place and parity, one voxel thick too', () => {
  // The class sits away from the origin, so that its crop starts inside the volume.
  fc.assert(
    fc.property(
      randomLabelPair(),
      fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
      fc.constantFrom('safe', 'compatible' as const),
      ({ reference, dims: [nx, ny, nz] }, [dx, dy, dz], thinning) => {
        const dims: Vec3 = [nx + dx, ny + dy, nz + dz];
        const moved = new Uint8Array(dims[0] * dims[1] * dims[2]);
        for (let z = 0, i = 0; z < nz; z++)
          for (let y = 0; y < ny; y++)
            for (let x = 0; x < nx; x++, i++)
              moved[x + dx + dims[0] * (y + dy + dims[1] * (z + dz))] = reference[i];
        const preset = { ...METRIC_PRESETS.safe, thinning };
        const half = moved.map((label, i) => (i % 2 === 0 ? label : 0));
        const { merged: all } = compareLabels(half, moved, { dims, spacing: SPACING }, preset);
        const skeleton = skeletonize(moved, dims, thinning);
        const inHalf = skeleton.filter((v, i) => v !== 0 && half[i] !== 0).length;
        const length = skeleton.reduce((sum, v) => sum + v, 0);
        if (length > 0) expect(all.tsens).toBe(inHalf / length);
      },
    ),
    { numRuns: 100 },
  );
});
