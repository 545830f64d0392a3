import { describe, expect, test } from '@jest/globals';
import { compareLabels } from '@vessels/metrics/labelsCompare';
import { METRIC_PRESETS } from '@vessels/metrics/presets';
import { skeletonize } from '@vessels/skeleton/thinning';
import { labelComponents } from '@vessels/topology/components';
import { readNifti } from '@vessels/volume/nifti';
import type { Volume } from '@vessels/volume/volume';
import { describeWithData, hasData, readData, readJson } from '../helpers/data';
import { merged } from '../helpers/grid';
import { drawLabels, type DrawnLabels } from '../helpers/labelmaps';

/** Scores as TopCoW's evaluation counts them. */
const score = (prediction: Volume, reference: Volume) =>
  compareLabels(prediction.data, reference.data, reference.geometry, METRIC_PRESETS.topcow);

const scoreDrawn = (prediction: DrawnLabels, reference: DrawnLabels) =>
  compareLabels(
    prediction.labels,
    reference.labels,
    { dims: reference.dims, spacing: [1, 1, 1] },
    METRIC_PRESETS.topcow,
  );

describe('labelmaps that the tests of TopCoW draw', () => {
  // The values are those of EXPECTED.json, betti0_error.
  test('a diagonal of one label against a diagonal of three', () => {
    const one = drawLabels(['1..', '...', '...'], ['...', '.1.', '...'], ['...', '...', '..1']);
    const three = drawLabels(['1..', '...', '...'], ['...', '.2.', '...'], ['...', '...', '..3']);
    const { classes } = scoreDrawn(three, one);
    expect([1, 2, 3].map((label) => classes[label].bettiError.b0)).toEqual([0, 1, 1]);
  });

  test('blank slices: a label that one side lacks', () => {
    const reference = drawLabels(
      ['...', '...', '...'],
      ['..8', '...', '8..'],
      ['999', '999', '999'],
    );
    const prediction = drawLabels(
      ['777', '777', '777'],
      ['...', '...', '...'],
      ['9..', '...', '...'],
    );
    const { classes } = scoreDrawn(prediction, reference);
    expect(classes[7]).toMatchObject({ dice: 0, iou: 0, bettiError: { b0: 1 } });
    expect(classes[8]).toMatchObject({ dice: 0, iou: 0, bettiError: { b0: 2 } });
    expect(classes[9].dice).toBeCloseTo(2 / 10, 12);
  });
});

describeWithData('fixtures of TopCoW', () => {
  const fixture = (name: string) => readNifti(readData(`topcow-fixtures/${name}.nii.gz`));
  const expected = readJson<{
    clDice: Record<string, { tprec?: number; tsens?: number; clDice: number }>;
    dice: Record<string, string>;
    betti0_error: Record<string, Record<string, number>>;
    'hd95_hd100 (mm)': Record<string, number[] | [number, number][]>;
    'betti0 (26-conn)': Record<string, { b0?: number; b1?: number; b2?: number; sizes: number[] }>;
  }>('topcow-fixtures/EXPECTED.json');

  const measuredClDice = readJson<{ clDice: typeof expected.clDice }>(
    'oracle/fixtures_measured.json',
  ).clDice;

  test.each(Object.keys(measuredClDice))('clDice of %s', (name) => {
    const [, base, which = ''] = /^(.*?)(?:_pred(_\d))?$/.exec(name)!;
    const scores = score(fixture(`${base}_pred${which}`), fixture(`${base}_gt`)).merged;
    expect(scores).toMatchObject(measuredClDice[name]);
    const stated = expected.clDice[name.replace('_pred', ' pred')] ?? {};
    for (const [key, value] of Object.entries(stated))
      expect(scores[key as keyof typeof stated]).toBeCloseTo(value, 12);
  });

  test('every clDice that is stated is measured too, but that of 2-D thinning', () => {
    const stated = Object.keys(expected.clDice).map((name) => name.replace(' pred', '_pred'));
    expect(stated.filter((name) => !(name in measuredClDice))).toEqual(['ellipse9x9 (ZS 2-D)']);
  });

  const B0_ERRORS: [string, string, string][] = [
    ['2D/shape_5x5_2D_RGB_gt vs RBY_pred', '2D/shape_5x5_2D_RGB_gt', '2D/shape_5x5_2D_RBY_pred'],
    [
      '3D/singleBlob gt vs pred',
      '3D/betti_num_singleBlob_2x2x2_gt',
      '3D/betti_num_singleBlob_2x2x2_pred',
    ],
    [
      '3D twoIslands vs multiclass',
      '3D/shape_3x4x2_3D_twoIslands',
      '3D/shape_3x4x2_3D_twoIslands_multiclass',
    ],
    ['both empty (2D/shape_6x3_2D)', '2D/shape_6x3_2D', '2D/shape_6x3_2D'],
    ['gt empty, pred elong_pred', '2D/shape_6x3_2D', '2D/shape_6x3_2D_clDice_elong_pred'],
  ];

  test.each(B0_ERRORS)('β0 errors: %s', (key, gt, pred) => {
    const { classes, average, merged: all } = score(fixture(pred), fixture(gt));
    expect({
      ...Object.fromEntries(
        Object.entries(classes).map(([label, { bettiError }]) => [label, bettiError.b0]),
      ),
      ClsAvg: average.bettiError.b0,
      MergedBin: all.bettiError.b0,
    }).toEqual(expected.betti0_error[key]);
  });

  test('every β0 error that is stated has a test', () => {
    const drawn = ['diag 1,1,1 vs 1,2,3 (3^3)', 'blank slices'];
    expect(Object.keys(expected.betti0_error).sort()).toEqual(
      [...B0_ERRORS.map(([key]) => key), ...drawn].sort(),
    );
  });

  test.each([
    ['2D zigzag gt/pred label1', 'zigzag', 1],
    ['2D zigzag_label5', 'zigzag_label5', 5],
    ['2D label64_ring 6', 'label64_ring', 6],
  ])('Dice: %s', (key, name, label) => {
    const file = `2D/shape_5x5_2D_${name}`;
    const { classes } = score(fixture(`${file}_pred`), fixture(`${file}_gt`));
    const [part, whole] = expected.dice[key].split('/').map(Number);
    expect(classes[label].dice).toBeCloseTo(part / whole, 12);
  });

  // Classes in the order of their labels, average, merged: from the tests in CoWBenchmark/TopCoW_Eval_Metrics.
  test.each([
    ['2D/shape_5x5_2D_RGB_gt', '2D/shape_5x5_2D_RBY_pred', [1, 0, 1, 0], 1 / 2, 2 / 3],
    [
      '2D/shape_5x5_2D_label64_ring_gt',
      '2D/shape_5x5_2D_label64_ring_pred',
      [8 / 13, 20 / 27],
      (8 / 13 + 20 / 27) / 2,
      3 / 4,
    ],
    [
      '2D/shape_5x5_2D_label15_12_11_gt',
      '2D/shape_5x5_2D_label15_11_pred',
      [1 / 2, 0, 8 / 9],
      25 / 54,
      16 / 21,
    ],
    [
      '3D/shape_2x2x2_3D_Fig50_label15_10_gt',
      '3D/shape_2x2x2_3D_Fig50_label15_10_pred',
      [4 / 5, 1 / 2],
      13 / 20,
      2 / 3,
    ],
    ['2D/shape_6x3_2D', '2D/shape_6x3_2D', [], 0, 0],
    ['2D/shape_6x3_2D', '2D/shape_6x3_2D_clDice_elong_pred', [0], 0, 0],
  ])('Dice of %s against %s', (gt, pred, ofClasses, average, all) => {
    const result = score(fixture(pred), fixture(gt));
    const scores = Object.values(result.classes).map(({ dice }) => dice);
    expect(scores).toHaveLength(ofClasses.length);
    scores.forEach((dice, i) => expect(dice).toBeCloseTo(ofClasses[i], 12));
    expect(result.average.dice).toBeCloseTo(average, 12);
    expect(result.merged.dice).toBeCloseTo(all, 12);
  });

  const distances = expected['hd95_hd100 (mm)'];

  test('HD95 and HD of the scaled image: spacing 1, 2, 3 mm', () => {
    const file = '3D/scaled_image_label_123';
    const { classes, average, merged: all } = score(fixture(`${file}_pred`), fixture(`${file}_gt`));
    const listed = distances['scaled_image labels 1,2,3'] as [number, number][];
    listed.forEach(([hd95, hd], i) => {
      // Listed with one to three digits.
      expect(Math.abs(classes[i + 1].hd95 - hd95)).toBeLessThan(5e-3);
      expect(Math.abs(classes[i + 1].hd - hd)).toBeLessThan(5e-4);
    });
    expect(average).toMatchObject({ hd95: 3.0468808770179745, hd: 3.3259085019429526 });
    expect(all).toMatchObject({ hd95: 2.69442720413208, hd: 3 });
  });

  test('HD95 and HD of the five planes of Fig54', () => {
    const file = '3D/shape_11x11x5_3D_Fig54_label1-5';
    const { classes, average, merged: all } = score(fixture(`${file}_pred`), fixture(`${file}_gt`));
    expect(Object.values(classes).map(({ hd95, hd }) => [hd95, hd])).toEqual([
      [1.0207106769084933, 1.4142135381698608],
      [3.184441375732422, 3.605551242828369],
      [2, 3],
      [1.4142135381698608, 1.4142135381698608],
      [1.0500000000000007, 2],
    ]);
    expect(average).toMatchObject({ hd95: 1.7338731181621554, hd: 2.286795663833618 });
    expect(all).toMatchObject({ hd95: 3, hd: 3.605551242828369 });
  });

  test('HD95 and HD where either side is empty, and where both are', () => {
    const [none, some] = ['', '_clDice_elong_pred'].map((name) =>
      fixture(`2D/shape_6x3_2D${name}`),
    );
    for (const [p, r] of [
      [none, some],
      [some, none],
    ]) {
      const { classes, average, merged: all } = score(p, r);
      for (const { hd95, hd } of [classes[1], average, all])
        expect([hd95, hd]).toEqual(distances['either empty']);
    }
    // No class is left that could be missing: TopCoW then writes 0 without measuring.
    expect(score(none, none).merged).toMatchObject({ hd95: 0, hd: 0 });
  });

  // test_assets/task_1_seg_output/expected_e2e_test_metrics.json in CoWBenchmark/TopCoW_Eval_Metrics.
  test.each([
    [
      '3D/shape_5x7x9_3D_1donut',
      '3D/shape_5x7x9_3D_1donut_multiclass',
      {
        dice: { 1: 3 / 4, 6: 0, average: 3 / 8, merged: 1 },
        b0: { 1: 0, 6: 1, average: 1 / 2, merged: 0 },
        hd95: { 1: 1.4142135381698608, 6: 90, average: 45.70710676908493, merged: 0 },
        hd: { 1: 1.4142135381698608, 6: 90, average: 45.70710676908493, merged: 0 },
        clDice: 1,
      },
    ],
    [
      '3D/shape_8x8x8_3D_8Cubes_gt',
      '3D/shape_8x8x8_3D_8Cubes_pred',
      {
        dice: {
          1: 1,
          2: 14 / 15,
          3: 1,
          4: 0,
          5: 1,
          6: 6 / 7,
          7: 1,
          8: 6 / 7,
          average: 0.8309523809523809,
          merged: 0.8869565217391304,
        },
        b0: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 0, 7: 0, 8: 0, average: 1 / 8, merged: 0 },
        hd95: { 1: 0, 2: 0, 3: 0, 4: 90, 5: 0, 6: 1, 7: 0, 8: 1, average: 11.5, merged: 2 },
        hd: { 1: 0, 2: 0, 3: 0, 4: 90, 5: 0, 6: 1, 7: 0, 8: 1, average: 11.5, merged: 4 },
        clDice: 0,
      },
    ],
  ])('the whole evaluation of %s', (gt, pred, wanted) => {
    const result = score(fixture(pred), fixture(gt));
    const all = { ...result.classes, average: result.average, merged: result.merged };
    expect(Object.keys(all).sort()).toEqual(Object.keys(wanted.dice).sort());
    for (const [key, scores] of Object.entries(all)) {
      expect(scores.dice).toBeCloseTo(wanted.dice[key as keyof typeof wanted.dice]!, 12);
      expect([key, scores.bettiError.b0]).toEqual([key, wanted.b0[key as keyof typeof wanted.b0]]);
      expect([key, scores.hd95]).toEqual([key, wanted.hd95[key as keyof typeof wanted.hd95]]);
      expect([key, scores.hd]).toEqual([key, wanted.hd[key as keyof typeof wanted.hd]]);
    }
    expect(result.merged.clDice).toBe(wanted.clDice);
  });

  const withSizes = Object.entries(expected['betti0 (26-conn)']).filter(
    ([name, { sizes }]) => sizes && hasData(`topcow-fixtures/${name}.nii.gz`),
  );

  test('sizes of the components that are stated', () => {
    expect(withSizes).toHaveLength(7);
    for (const [name, wanted] of withSizes) {
      const { data, geometry } = fixture(name);
      const { betti } = compareLabels(data, data, geometry).merged;
      const { sizes } = labelComponents(merged(data, geometry.dims).mask, geometry.dims, 26);
      expect([name, betti.reference]).toEqual([
        name,
        { ...betti.reference, b0: wanted.b0, b1: wanted.b1 ?? 0, b2: wanted.b2 ?? 0 },
      ]);
      expect([name, [...sizes].reverse()]).toEqual([name, wanted.sizes]);
    }
  });

  const measured = Object.entries(
    readJson<{
      betti_merged_binary: Record<
        string,
        { betti: number[]; vox: number; skel_vox: number; per_label: Record<string, number[]> }
      >;
    }>('oracle/fixtures_measured.json').betti_merged_binary,
  ).filter(([name]) => hasData(`topcow-fixtures/${name}`));

  test.each(measured)('Betti numbers of each label of %s', (name, wanted) => {
    const { data, geometry } = readNifti(readData(`topcow-fixtures/${name}`));
    const result = compareLabels(data, data, geometry, METRIC_PRESETS.topcow);
    const betti = ({ b0, b1, b2 }: Record<'b0' | 'b1' | 'b2', number>) => [b0, b1, b2];
    expect(betti(result.merged.betti.reference)).toEqual(wanted.betti);
    expect(result.merged.voxels.reference).toBe(wanted.vox);
    const ofLabels = Object.entries(result.classes).map(([label, scores]) => [
      label,
      betti(scores.betti.reference),
    ]);
    expect(Object.fromEntries(ofLabels)).toEqual(wanted.per_label);
    const skeleton = skeletonize(merged(data, geometry.dims).mask, geometry.dims, 'compatible');
    expect(skeleton.reduce((sum, v) => sum + v, 0)).toBe(wanted.skel_vox);
  });

  test('some of them are there', () => expect(measured.length).toBeGreaterThan(15));
});
