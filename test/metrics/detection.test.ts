import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { detectionOf } from '@vessels/metrics/detection';
import { COW, topologyMatch } from '@vessels/metrics/detectionTopology';
import { labelNeighbours } from '@vessels/metrics/labelNeighbours';
import { compareLabels } from '@vessels/metrics/labelsCompare';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import { describeWithData, readData } from '../helpers/data';
import { randomLabelPair } from '../helpers/labelmaps';

const NONE = { prediction: 0, reference: 0, both: 0 };

/** A plane of labels given as rows; TopCoW's tests make volumes of them that are one voxel long in x. */
const plane = (rows: number[][]): { labels: Uint8Array; dims: Vec3 } => ({
  labels: Uint8Array.from(rows.flat()),
  dims: [1, rows[0].length, rows.length],
});

describe('detection', () => {
  test.each([
    ['TP', { a: 4, b: 16, both: 4 }],
    ['FN', { a: 3, b: 16, both: 3 }],
    ['FN', { a: 16, b: 16, both: 6 }],
    ['FN', { a: 0, b: 16, both: 0 }],
    ['FP', { a: 1, b: 0, both: 0 }],
    ['TN', { a: 0, b: 0, both: 0 }],
  ])('%s: %j', (expected, voxels) => expect(detectionOf(voxels)).toBe(expected));

  test('another threshold', () => expect(detectionOf({ a: 4, b: 4, both: 3 }, 0.7)).toBe('FN'));
});

describe('neighbours', () => {
  test('by corners, edges and faces; background and itself are none', () => {
    const { labels, dims } = plane([
      [1, 0, 0, 3],
      [0, 2, 0, 3],
      [4, 4, 0, 0],
    ]);
    expect([...labelNeighbours(labels, dims)]).toEqual([
      [1, [2]],
      [2, [1, 4]],
      [3, []],
      [4, [2]],
    ]);
  });

  test('any map: a pair of labels is listed where two voxels lie within one step', () => {
    fc.assert(
      fc.property(randomLabelPair(), ({ prediction, dims: [nx, ny, nz] }) => {
        const expected = new Map<number, Set<number>>();
        prediction.forEach((label, i) => {
          if (label === 0) return;
          const others = expected.get(label) ?? new Set();
          expected.set(label, others);
          const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
          for (let c = Math.max(0, z - 1); c <= Math.min(nz - 1, z + 1); c++)
            for (let b = Math.max(0, y - 1); b <= Math.min(ny - 1, y + 1); b++)
              for (let a = Math.max(0, x - 1); a <= Math.min(nx - 1, x + 1); a++)
                others.add(prediction[a + nx * (b + ny * c)]);
        });
        const ours = labelNeighbours(prediction, [nx, ny, nz]);
        expect([...ours.keys()]).toEqual([...expected.keys()].sort((a, b) => a - b));
        for (const [label, others] of expected)
          expect(ours.get(label)).toEqual(
            [...others].filter((v) => v !== 0 && v !== label).sort((a, b) => a - b),
          );
      }),
      { numRuns: 60 },
    );
  });
});

describe('topology match: the planes of TopCoW', () => {
  test('anterior: a label in one piece more, and one missed', () => {
    const reference = plane([
      [4, 6, 10, 10, 12, 12],
      [4, 4, 6, 10, 15, 15],
      [11, 11, 6, 6, 12, 15],
      [11, 4, 11, 12, 12, 15],
    ]);
    const prediction = plane([
      [4, 6, 10, 10, 12, 0],
      [4, 4, 6, 10, 15, 15],
      [11, 0, 6, 6, 0, 15],
      [11, 4, 11, 0, 0, 15],
    ]);
    const { anterior, posterior } = topologyMatch(
      prediction.labels,
      reference.labels,
      reference.dims,
    );
    expect(anterior).toEqual({
      reference: {
        edges: { 'L-A1': 1, Acom: 1, '3rd-A2': 1, 'R-A1': 1 },
        labels: {
          10: { b0: 1, neighbours: [4, 6, 12, 15] },
          11: { b0: 1, neighbours: [4, 6, 12] },
          12: { b0: 2, neighbours: [6, 10, 11, 15] },
          15: { b0: 1, neighbours: [6, 10, 12] },
        },
      },
      prediction: {
        edges: { 'L-A1': 0, Acom: 1, '3rd-A2': 1, 'R-A1': 1 },
        labels: {
          10: { b0: 1, neighbours: [4, 6, 12, 15] },
          11: { b0: 2, neighbours: [4, 6] },
          12: { b0: 1, neighbours: [10, 15] },
          15: { b0: 1, neighbours: [6, 10, 12] },
        },
      },
      detection: { 10: 'TP', 11: 'TP', 12: 'FN', 15: 'TP' },
      flipped: false,
      match: false,
    });
    const nothing = { b0: 0, neighbours: [] };
    const absent = {
      edges: { 'L-Pcom': 0, 'L-P1': 0, 'R-P1': 0, 'R-Pcom': 0 },
      labels: { 2: nothing, 3: nothing, 8: nothing, 9: nothing },
    };
    expect(posterior).toEqual({
      reference: absent,
      prediction: absent,
      detection: { 2: 'TN', 3: 'TN', 8: 'TN', 9: 'TN' },
      flipped: false,
      match: true,
    });
  });

  test('posterior: a label in two pieces, one too large', () => {
    const reference = plane([
      [0, 2, 2, 2, 0, 0, 0, 0],
      [0, 2, 0, 2, 0, 0, 0, 0],
      [3, 3, 3, 0, 0, 8, 0, 0],
      [3, 0, 0, 0, 9, 9, 9, 0],
    ]);
    const prediction = plane([
      [0, 2, 0, 2, 0, 0, 8, 8],
      [0, 2, 0, 2, 0, 8, 8, 8],
      [3, 3, 3, 0, 0, 8, 0, 0],
      [3, 0, 0, 9, 9, 9, 9, 0],
    ]);
    const { anterior, posterior } = topologyMatch(
      prediction.labels,
      reference.labels,
      reference.dims,
    );
    expect(posterior).toEqual({
      reference: {
        edges: { 'L-Pcom': 1, 'L-P1': 0, 'R-P1': 0, 'R-Pcom': 1 },
        labels: {
          2: { b0: 1, neighbours: [3] },
          3: { b0: 1, neighbours: [2] },
          8: { b0: 1, neighbours: [9] },
          9: { b0: 1, neighbours: [8] },
        },
      },
      prediction: {
        edges: { 'L-Pcom': 1, 'L-P1': 0, 'R-P1': 0, 'R-Pcom': 1 },
        labels: {
          2: { b0: 2, neighbours: [3] },
          3: { b0: 1, neighbours: [2, 9] },
          8: { b0: 1, neighbours: [9] },
          9: { b0: 1, neighbours: [3, 8] },
        },
      },
      detection: { 2: 'TP', 3: 'TP', 8: 'FN', 9: 'TP' },
      flipped: false,
      match: false,
    });
    expect(anterior.match).toBe(true);
  });

  test('a label too many breaks both parts', () => {
    const reference = plane([
      [0, 1, 2, 3],
      [4, 0, 6, 7],
      [8, 9, 0, 11],
      [12, 0, 0, 0],
    ]);
    const prediction = plane([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
      [12, 0, 0, 15],
    ]);
    const { anterior, posterior } = topologyMatch(
      prediction.labels,
      reference.labels,
      reference.dims,
    );
    expect(anterior).toMatchObject({
      detection: { 10: 'FP', 11: 'TP', 12: 'TP', 15: 'FP' },
      match: false,
    });
    expect(anterior.prediction.labels[10].neighbours).toEqual([5, 6, 7, 9, 11, 15]);
    expect(posterior).toMatchObject({
      reference: { edges: { 'L-Pcom': 1, 'L-P1': 0, 'R-P1': 1, 'R-Pcom': 1 } },
      detection: { 2: 'TP', 3: 'TP', 8: 'TP', 9: 'TP' },
      match: false,
    });
    expect(posterior.reference.labels[2].neighbours).toEqual([1, 3, 6, 7]);
    expect(posterior.prediction.labels[2].neighbours).toEqual([1, 3, 5, 6, 7]);
  });

  test('sides are told by the median x, so that one voxel astray changes nothing', () => {
    const row = (...labels: number[]) => Uint8Array.from(labels);
    const [L, R] = [COW['L-PCA'], COW['R-PCA']];
    const right = row(R, R, 0, L, L, L, R, 0);
    const wrong = row(L, L, 0, R, R, R, L, 0);
    const match = (labels: Uint8Array) => topologyMatch(labels, labels, [8, 1, 1]).posterior;
    expect(match(right)).toMatchObject({ flipped: false, match: true });
    expect(match(wrong)).toMatchObject({ flipped: true, match: false });
  });

  test('anterior sides are those of the ACAs where an ICA is missing', () => {
    const { 'L-ICA': lIca, 'R-ICA': rIca, 'L-ACA': lAca, 'R-ACA': rAca } = COW;
    const flipped = (...labels: number[]) =>
      topologyMatch(Uint8Array.from(labels), Uint8Array.from(labels), [labels.length, 1, 1])
        .anterior.flipped;
    expect(flipped(lAca, rAca, rIca, lIca)).toBe(false);
    expect(flipped(lAca, rAca, 0, lIca)).toBe(true);
    expect(flipped(lAca, 0, rIca)).toBe(false);
  });

  test('labels that are none are refused', () => {
    expect(() => topologyMatch(Float32Array.of(0.5), new Uint8Array(1), [1, 1, 1])).toThrow(
      expect.objectContaining({ code: 'labels.value' }),
    );
    expect(() => topologyMatch(new Uint8Array(2), new Uint8Array(1), [1, 1, 1])).toThrow(
      expect.objectContaining({ code: 'volume.length' }),
    );
  });
});

describeWithData('fixtures of TopCoW', () => {
  const fixture = (name: string) => readNifti(readData(`topcow-fixtures/3D/${name}.nii.gz`));

  test.each([
    [
      'detection_label8910_gt_squareL4',
      'detection_label8910_pred_squareL4',
      { 8: 'TP', 9: 'FN', 10: 'TP', 15: 'FP', 42: 'TN' },
    ],
    [
      'shape_2x2x2_3D_Fig50_label15_10_gt',
      'shape_2x2x2_3D_Fig50_label15_10_pred',
      { 8: 'TN', 9: 'TN', 10: 'TP', 15: 'TP' },
    ],
  ])('detection, %s', (gt, pred, expected) => {
    const { data, geometry } = fixture(gt);
    const { classes } = compareLabels(fixture(pred).data, data, geometry);
    for (const [label, detection] of Object.entries(expected)) {
      const { prediction: a, reference: b, both } = classes[Number(label)]?.voxels ?? NONE;
      expect([label, detectionOf({ a, b, both })]).toEqual([label, detection]);
    }
  });

  test.each([
    ['shape_2x2x2_3D_Fig50_label15_10', { 10: 2 / 3, 15: 1 / 3 }],
    ['shape_11x11x5_3D_Fig54_label1-5', { 1: 3 / 7, 2: 3 / 7, 3: 3 / 7, 4: 3 / 7, 5: 3 / 7 }],
  ])('IoU, %s', (name, expected) => {
    const { data, geometry } = fixture(`${name}_gt`);
    const { classes } = compareLabels(fixture(`${name}_pred`).data, data, geometry);
    for (const [label, iou] of Object.entries(expected))
      expect(classes[Number(label)].iou).toBeCloseTo(iou, 12);
  });

  // test_assets/task_1_seg_output/expected_e2e_test_metrics.json in CoWBenchmark/TopCoW_Eval_Metrics.
  test('the eight cubes: an absent neighbour and exchanged sides', () => {
    const { data, geometry } = fixture('shape_8x8x8_3D_8Cubes_gt');
    const { data: predicted } = fixture('shape_8x8x8_3D_8Cubes_pred');
    const { anterior, posterior } = topologyMatch(predicted, data, geometry.dims);
    expect(anterior.match).toBe(true);
    expect(posterior).toEqual({
      reference: {
        edges: { 'L-Pcom': 0, 'L-P1': 1, 'R-P1': 1, 'R-Pcom': 1 },
        labels: {
          2: { b0: 1, neighbours: [1, 3, 4, 5, 6, 7, 8] },
          3: { b0: 1, neighbours: [1, 2, 4, 5, 6, 7, 8] },
          8: { b0: 1, neighbours: [1, 2, 3, 4, 5, 6, 7] },
          9: { b0: 0, neighbours: [] },
        },
      },
      prediction: {
        edges: { 'L-Pcom': 0, 'L-P1': 1, 'R-P1': 1, 'R-Pcom': 1 },
        labels: {
          2: { b0: 1, neighbours: [1, 3, 5, 6, 7, 8] },
          3: { b0: 1, neighbours: [1, 2, 5, 6, 7, 8] },
          8: { b0: 1, neighbours: [1, 2, 3, 5, 6, 7] },
          9: { b0: 0, neighbours: [] },
        },
      },
      detection: { 2: 'TP', 3: 'TP', 8: 'TP', 9: 'TN' },
      flipped: true,
      match: false,
    });
  });
});
