import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clDice, clDiceOfSkeletons } from '@vessels/metrics/cldice';
import { AXIS_ORDERS, skeletonInOrder, type AxisOrder } from '@vessels/metrics/axisOrder';
import { dice } from '@vessels/metrics/overlap';
import { METRIC_PRESETS } from '@vessels/metrics/presets';
import { skeletonPrecision, skeletonRecall } from '@vessels/metrics/skeletonRecall';
import { skeletonize } from '@vessels/skeleton/thinning';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData, readJson } from '../helpers/data';
import { draw, fill } from '../helpers/draw';
import { merged, permute } from '../helpers/grid';
import { randomMask } from '../helpers/masks';

const line = draw(['##########']);
const half = draw(['#####.....']);

describe('drawn shapes', () => {
  test('half of a line: all that was found is right, half was missed', () => {
    expect(clDice(half.mask, line.mask, line.dims)).toEqual({
      clDice: 2 / 3,
      tprec: 1,
      tsens: 1 / 2,
    });
    expect(skeletonRecall(half.mask, line.mask, line.dims)).toBe(1 / 2);
  });

  test('a thick tube and its thin core share a centerline: Dice is low, clDice is 1', () => {
    const thick = fill([30, 9, 9], (_x, y, z) => Math.hypot(y - 4, z - 4) < 3.5);
    const core = fill([30, 9, 9], (_x, y, z) => Math.hypot(y - 4, z - 4) < 0.5);
    expect(dice(core.mask, thick.mask)).toBeLessThan(0.1);
    const { tprec, tsens } = clDice(core.mask, thick.mask, thick.dims);
    expect([tprec, tsens]).toEqual([1, 1]);
  });

  test('equal masks score 1, disjoint masks 0', () => {
    const other = draw(['.....#####']);
    expect(clDice(half.mask, half.mask, half.dims).clDice).toBe(1);
    expect(clDice(half.mask, other.mask, half.dims)).toEqual({ clDice: 0, tprec: 0, tsens: 0 });
    expect(skeletonRecall(half.mask, other.mask, half.dims)).toBe(0);
  });
});

describe('empty masks', () => {
  const none = new Uint8Array(10);

  test.each([
    ['agreement', 1],
    ['topcow', 0],
  ] as const)('policy %s: both empty score %d, one empty 0', (policy, both) => {
    const preset = { ...METRIC_PRESETS.safe, empty: policy };
    expect(clDice(none, none, line.dims, preset)).toEqual({
      clDice: both,
      tprec: both,
      tsens: both,
    });
    expect(skeletonRecall(none, none, line.dims, preset)).toBe(both);
    for (const [p, r] of [
      [none, line.mask],
      [line.mask, none],
    ]) {
      expect(clDice(p, r, line.dims, preset).clDice).toBe(0);
      expect(skeletonRecall(p, r, line.dims, preset)).toBe(0);
    }
  });

  test('a block that the compatible mode thins to nothing scores 0 as in TopCoW, 1 in the safe mode', () => {
    const block = new Uint8Array(8).fill(1);
    const { topcow } = METRIC_PRESETS;
    expect(clDice(block, block, [2, 2, 2], topcow).clDice).toBe(0);
    expect(clDice(block, block, [2, 2, 2]).clDice).toBe(1);
    expect(skeletonRecall(block, block, [2, 2, 2], topcow)).toBe(0);
    expect(skeletonRecall(block, block, [2, 2, 2])).toBe(1);
    // No voxel of the tube is left to ask for: all voxels of the block are asked for instead.
    const half = Uint8Array.from(block, (_, i) => i % 2);
    const agreeing = { ...topcow, empty: 'agreement' } as const;
    expect(skeletonRecall(half, block, [2, 2, 2], agreeing)).toBe(1 / 2);
    expect(skeletonPrecision(block, half, [2, 2, 2], agreeing)).toBe(1 / 2);
  });
});

test('a mask that does not fill the grid is refused by name', () => {
  expect(() => clDice(line.mask, new Uint8Array(9), line.dims)).toThrow(
    expect.objectContaining({
      code: 'volume.length',
      message: expect.stringContaining('reference'),
    }),
  );
});

test('scores lie in 0 … 1; exchanging the masks exchanges tprec and tsens', () => {
  fc.assert(
    fc.property(randomMask(), fc.nat(), ({ mask, dims }, seed) => {
      const other = mask.map((v, i) => ((i * 7919 + seed) % 11 === 0 ? 1 - v : v));
      const there = clDice(other, mask, dims);
      const back = clDice(mask, other, dims);
      expect([back.tprec, back.tsens]).toEqual([there.tsens, there.tprec]);
      for (const score of Object.values(there)) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(clDice(mask, mask, dims).clDice).toBe(1);
    }),
    { numRuns: 100 },
  );
});

test('an order of axes is the turned volume thinned, the skeleton turned back', () => {
  fc.assert(
    fc.property(
      randomMask(),
      fc.constantFrom(...(Object.keys(AXIS_ORDERS) as AxisOrder[])),
      fc.constantFrom('safe', 'compatible' as const),
      (drawn, axes, thinning) => {
        const turned = permute(drawn, AXIS_ORDERS[axes]);
        const skeleton = skeletonize(turned.mask, turned.dims, thinning);
        const ours = skeletonInOrder(drawn.mask, drawn.dims, thinning, axes);
        expect(permute({ mask: ours, dims: drawn.dims }, AXIS_ORDERS[axes]).mask).toEqual(skeleton);
      },
    ),
    { numRuns: 100 },
  );
});

test('given skeletons give the same scores', () => {
  expect(
    clDiceOfSkeletons(
      { mask: half.mask, skeleton: half.mask },
      { mask: line.mask, skeleton: line.mask },
    ),
  ).toEqual(clDice(half.mask, line.mask, line.dims));
});

describeWithData('against scikit-image and TopCoW', () => {
  const read = (file: string) => {
    const { data, geometry } = readNifti(readData(file));
    return merged(data, geometry.dims);
  };

  const byOrder = readJson<Record<string, Partial<Record<AxisOrder, number[]>>>>(
    'oracle/cldice_fixtures_by_axis_order.json',
  );

  test.each(Object.entries(byOrder))('TopCoW fixture %s in other axis orders', (name, expected) => {
    const [p, r] = [name, name.replace(/pred(_\d)?$/, 'gt')].map((file) =>
      read(`topcow-fixtures/2D/shape_${file}.nii.gz`),
    );
    expect(Object.keys(expected).sort()).toEqual(['xyz', 'yxz', 'zyx']);
    for (const [order, wanted] of Object.entries(expected)) {
      const axes = order as AxisOrder;
      const scores = clDice(p.mask, r.mask, p.dims, { ...METRIC_PRESETS.topcow, axes });
      expect([order, scores.tprec, scores.tsens]).toEqual([order, wanted[0], wanted[1]]);
      expect(scores.clDice).toBeCloseTo(wanted[2], 4);
    }
  });

  test.each([
    ['tree128', 0.9778374606845577, 0.9627602776294715, 0.9933943852274433],
    ['tree256', 0.98401, undefined, undefined],
  ])('%s and its perturbed twin', (name, score, tprec, tsens) => {
    const reference = read(`phantoms/${name}.nii.gz`);
    const prediction = read(`phantoms/${name}_pert.nii.gz`);
    const ours = clDice(prediction.mask, reference.mask, reference.dims, METRIC_PRESETS.topcow);
    expect(ours.clDice).toBeCloseTo(score, 5);
    if (tprec) expect(ours.tprec).toBeCloseTo(tprec, 12);
    if (tsens) expect(ours.tsens).toBeCloseTo(tsens, 12);
  });

  test('tubed skeleton recall and Dice of tree128, both ways', () => {
    const { mask: reference, dims } = read('phantoms/tree128.nii.gz');
    const { mask: prediction } = read('phantoms/tree128_pert.nii.gz');
    const recall = (p: Uint8Array, r: Uint8Array) =>
      skeletonRecall(p, r, dims, METRIC_PRESETS.topcow);
    expect(recall(prediction, reference)).toBeCloseTo(0.9921467321105657, 12);
    expect(recall(reference, prediction)).toBeCloseTo(0.9538086760985665, 12);
    expect(dice(prediction, reference)).toBeCloseTo(0.9622475396832315, 12);
  });
});
