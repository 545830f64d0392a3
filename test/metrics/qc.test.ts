import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extractCenterlines } from '@vessels/centerline/extract';
import { qcReport } from '@vessels/metrics/qc';
import type { Finding, FindingKind, QcReport } from '@vessels/metrics/report';
import { readNifti } from '@vessels/volume/nifti';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Mask } from '@vessels/volume/volume';
import { describeWithData, readData } from '../helpers/data';
import { fill } from '../helpers/draw';
import { randomMask, xorshift } from '../helpers/masks';
import {
  ball,
  cylinder,
  digitise,
  gridAround,
  gridOf,
  torus,
  tube,
  union,
  type Solid,
} from '../helpers/vessels';

const judge = (mask: Mask, reference?: Mask): QcReport =>
  qcReport(mask, extractCenterlines(mask), reference?.data);
const of = (kind: FindingKind, findings: readonly Finding[]) =>
  findings.filter((finding) => finding.kind === kind);
const away = (a: Vec3, b: Vec3) => Math.hypot(...a.map((v, k) => v - b[k]));

const GRID = gridAround([24, 16, 6], [0.5, 0.5, 0.8]);
const drawn = (...solids: Solid[]) => digitise(union(...solids), GRID);
const VESSEL = tube([-21, 0, 0], [21, 0, 0], 2);

describe('a mask alone', () => {
  test('a vessel passes: one component, its volume, nothing found', () => {
    const report = judge(drawn(VESSEL));
    expect(report).toMatchObject({
      connectivity: { foreground: 26, background: 6 },
      betti: { b0: 1, b1: 0, b2: 0 },
      findings: [],
      verdict: 'pass',
    });
    expect(report).not.toHaveProperty('reference');
    const expected = (Math.PI * 4 * 42 + (4 / 3) * Math.PI * 8) / 1000;
    expect(Math.abs(report.volume / expected - 1)).toBeLessThan(0.06);
    expect(report.components).toEqual([
      {
        id: 1,
        voxels: report.components[0].voxels,
        volume: report.volume,
        position: expect.anything(),
      },
    ]);
    expect(away(report.components[0].position, [0, 0, 0])).toBeLessThan(2);
  });

  test('a cut is a gap, told at its middle with its width', () => {
    const cut = drawn(
      cylinder([-13, 0, 0], [1, 0, 0], 20, 2),
      cylinder([9, 0, 0], [1, 0, 0], 20, 2),
    );
    const report = judge(cut);
    expect(report.verdict).toBe('review');
    expect(report.betti.b0).toBe(2);
    const [gap, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ id: 1, kind: 'gap', severity: 'warning', unit: 'mm' });
    expect(Math.abs(gap.value - 2)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(gap.position[0] + 2)).toBeLessThan(0.6);
    expect(Math.hypot(gap.position[1], gap.position[2])).toBeLessThanOrEqual(2);
  });

  test('pieces in a row have a gap between neighbours, not between the first and the last', () => {
    const row = [-18, -6, 6, 18].map((x) => cylinder([x, 0, 0], [1, 0, 0], 9, 2));
    const found = of('gap', judge(drawn(...row)).findings).map(({ position }) => position[0]);
    expect(found).toHaveLength(3);
    found
      .sort((a, b) => a - b)
      .forEach((x, i) => expect(Math.abs(x - 12 * (i - 1))).toBeLessThan(0.5));
  });

  test('vessels far apart for their width have no gap', () => {
    const thin = [-12, 12].map((y) => tube([-20, y, 0], [20, y, 0], 1));
    const report = judge(drawn(...thin));
    expect(report.components).toHaveLength(2);
    expect(report.findings).toEqual([]);
  });

  test('a small piece apart is an island, told with its volume', () => {
    const report = judge(drawn(VESSEL, ball([12, 13, 0], 1.2)));
    const [island, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(island).toMatchObject({ kind: 'island', severity: 'warning', unit: 'mm³' });
    expect(island.value).toBeCloseTo(1000 * report.components[1].volume, 9);
    expect(Math.abs(island.value / ((4 / 3) * Math.PI * 1.2 ** 3) - 1)).toBeLessThan(0.2);
    expect(away(island.position, [12, 13, 0])).toBeLessThan(1);
  });

  test('a hole is a cavity', () => {
    const wide = tube([-18, 0, 0], [18, 0, 0], 4.5);
    const hole = ball([8, 1, 0], 1.5);
    const report = judge(digitise((p) => Math.min(wide(p), -hole(p)), GRID));
    expect(report.betti.b2).toBe(1);
    const [cavity, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(cavity).toMatchObject({ kind: 'cavity', severity: 'warning', unit: 'mm³' });
    expect(Math.abs(cavity.value / ((4 / 3) * Math.PI * 1.5 ** 3) - 1)).toBeLessThan(0.15);
    expect(away(cavity.position, [8, 1, 0])).toBeLessThan(0.8);
  });

  test('a ring is a loop and passes; a thin bridge across it makes two, told on the bridge', () => {
    const ring = torus([0, 0, 0], [0, 0, 1], 12, 2);
    const whole = judge(drawn(ring));
    expect(whole).toMatchObject({ betti: { b1: 1 }, verdict: 'pass' });
    expect(whole.findings.map(({ kind }) => kind)).toEqual(['loop']);
    expect(Math.abs(whole.findings[0].value / (24 * Math.PI) - 1)).toBeLessThan(0.02);

    const bridged = judge(drawn(ring, tube([-12, 0, 0], [12, 0, 0], 0.9)));
    const [half, other] = of('loop', bridged.findings);
    expect(bridged.findings).toHaveLength(2);
    const onBridge = [half, other].filter(({ position: [x, y] }) => Math.hypot(x, y) < 10);
    expect(onBridge).toHaveLength(1);
    expect(Math.abs(onBridge[0].value - (24 + 12 * Math.PI))).toBeLessThan(3);
  });

  test('an empty mask is empty, and so are its findings', () => {
    const empty = { data: new Uint8Array(27), geometry: gridOf([3, 3, 3]) };
    expect(judge(empty)).toEqual({
      connectivity: { foreground: 26, background: 6 },
      betti: { b0: 0, b1: 0, b2: 0 },
      volume: 0,
      components: [],
      findings: [],
      verdict: 'empty',
    });
  });

  test('a full volume is one component', () => {
    const full = { data: new Uint8Array(64).fill(1), geometry: gridOf([4, 4, 4]) };
    expect(judge(full)).toMatchObject({ betti: { b0: 1, b1: 0, b2: 0 }, verdict: 'pass' });
  });
});

describe('against a reference', () => {
  const side = tube([0, 0, 0], [0, 14, 0], 1.5);
  const reference = drawn(VESSEL, side);

  test('itself: all scores 1, no errors, nothing found', () => {
    const { reference: compared, verdict } = judge(reference, reference);
    expect(verdict).toBe('pass');
    expect(compared).toEqual({
      dice: 1,
      clDice: 1,
      tprec: 1,
      tsens: 1,
      skeletonRecall: 1,
      bettiReference: { b0: 1, b1: 0, b2: 0 },
      bettiError: { b0: 0, b1: 0, b2: 0 },
      located: true,
      findings: [],
    });
  });

  test('a branch that is not there is missed: place and length', () => {
    const report = judge(drawn(VESSEL), reference);
    expect(report.verdict).toBe('review');
    expect(report.findings).toEqual([]);
    const { findings, tsens, tprec } = report.reference!;
    expect(tprec).toBe(1);
    expect(tsens).toBeLessThan(0.95);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'missedBranch', severity: 'warning', unit: 'mm' });
    // From the wall at 2 mm to a radius before the tip at 15.5 mm.
    expect(Math.abs(findings[0].value - 12)).toBeLessThan(1.5);
    expect(away(findings[0].position, [0, 8, 0])).toBeLessThan(2);
  });

  test('a branch and a piece too much are false; ids go on counting', () => {
    const more = drawn(VESSEL, side, tube([11, 0, 0], [11, -14, 0], 1.5), ball([-19, 14, 0], 1));
    const report = judge(more, reference);
    expect(report.findings.map(({ id, kind }) => [id, kind])).toEqual([[1, 'island']]);
    const { findings } = report.reference!;
    expect(findings.map(({ id, kind }) => [id, kind])).toEqual([
      [2, 'falseComponent'],
      [3, 'falseBranch'],
    ]);
    expect(report.reference!.bettiError).toEqual({ b0: 1, b1: 0, b2: 0 });
    expect(away(findings[0].position, [-19, 14, 0])).toBeLessThan(1);
    expect(away(findings[1].position, [11, -8, 0])).toBeLessThan(2);
  });

  test('a missed tree is told by its branches, the longest way first', () => {
    const fork = union(tube([0, 14, 0], [14, 14, 0], 1), tube([0, 14, 0], [-14, 14, 0], 1));
    const forked = drawn(VESSEL, side, fork);
    const { findings } = judge(drawn(VESSEL), forked).reference!;
    expect(findings.map(({ kind }) => kind)).toEqual(['missedBranch', 'missedBranch']);
    expect(Math.abs(findings[0].value - (12 + 14))).toBeLessThan(2);
    expect(Math.abs(findings[1].value - 14)).toBeLessThan(2);
  });

  test('one empty scores 0, both empty 1; never NaN', () => {
    const empty = { data: new Uint8Array(reference.data.length), geometry: GRID };
    const zeros = { dice: 0, clDice: 0, tprec: 0, tsens: 0, skeletonRecall: 0 };
    const ones = { dice: 1, clDice: 1, tprec: 1, tsens: 1, skeletonRecall: 1 };
    const nothing = judge(empty, reference);
    expect(nothing).toMatchObject({ verdict: 'empty', reference: zeros });
    expect(nothing.reference!.findings.map(({ kind }) => kind)).toEqual(['missedComponent']);
    expect(judge(reference, empty).reference).toMatchObject(zeros);
    expect(judge(empty, empty)).toMatchObject({ verdict: 'empty', reference: ones });
  });

  test('noise is scored, its differences are not looked for; that needs a look', () => {
    const dims: Vec3 = [100, 100, 64];
    const geometry = gridOf(dims);
    const next = xorshift(7);
    const noise = Uint8Array.from({ length: 640_000 }, () => Number(next() < 0.25));
    const line = fill(dims, (_, y, z) => y === 32 && z === 32).mask;
    const graph = { nodes: [], branches: [], totalLength: 0 };
    const { reference: compared, verdict } = qcReport({ data: noise, geometry }, graph, line);
    expect(compared!.bettiError.b1).toBeGreaterThan(50_000);
    expect(compared).toMatchObject({ located: false, findings: [] });
    expect(verdict).toBe('review');
  });

  test('a reference of another size is refused', () => {
    const mask = { data: new Uint8Array(8), geometry: gridOf([2, 2, 2]) };
    const graph = extractCenterlines(mask);
    expect(() => qcReport(mask, graph, new Uint8Array(9))).toThrow(
      expect.objectContaining({ code: 'volume.length' }),
    );
  });
});

test('any mask: ids count from 1, places are in the volume, values are finite', () => {
  fc.assert(
    fc.property(randomMask(), ({ mask, dims }) => {
      const geometry = gridOf(dims, [0.5, 1, 1.5]);
      const other = fill(dims, (x) => x % 3 === 0).mask;
      const report = qcReport(
        { data: mask, geometry },
        extractCenterlines({ data: mask, geometry }),
        other,
      );
      const findings = [...report.findings, ...report.reference!.findings];
      expect(findings.map(({ id }) => id)).toEqual(findings.map((_, at) => at + 1));
      for (const { position, value } of findings) {
        expect(value).toBeGreaterThan(0);
        expect(Number.isFinite(value)).toBe(true);
        position.forEach((v, axis) => {
          const voxel = v / geometry.spacing[axis];
          expect(voxel).toBeGreaterThan(-0.5);
          expect(voxel).toBeLessThan(dims[axis] - 0.5);
        });
      }
      expect(of('loop', findings)).toHaveLength(extractLoops(mask, dims));
      expect(of('cavity', findings)).toHaveLength(report.betti.b2);
      expect(report.components).toHaveLength(report.betti.b0);
      expect(of('gap', findings).length).toBeLessThan(Math.max(1, report.betti.b0));
    }),
    { numRuns: 100 },
  );
});

function extractLoops(data: Uint8Array, dims: Vec3): number {
  const { nodes, branches } = extractCenterlines({ data, geometry: gridOf(dims, [0.5, 1, 1.5]) });
  return branches.length - nodes.length + new Set(nodes.map(({ component }) => component)).size;
}

describeWithData('the synthetic tree and its damaged twin', () => {
  const read = (name: string): Mask => {
    const { data, geometry } = readNifti(new Uint8Array(readData(`phantoms/${name}.nii.gz`)));
    return { data: Uint8Array.from(data, (v) => (v === 0 ? 0 : 1)), geometry };
  };
  const report = judge(read('tree128_pert'), read('tree128'));

  test('Betti numbers, their errors and clDice are those measured with scikit-image', () => {
    expect(report.betti).toEqual({ b0: 22, b1: 328, b2: 21 });
    expect(report.reference).toMatchObject({
      bettiReference: { b0: 1, b1: 197, b2: 9 },
      bettiError: { b0: 21, b1: 131, b2: 12 },
    });
    expect(report.reference!.clDice).toBeCloseTo(0.97784, 2);
  });

  test('every piece cut off is found, every hole, every loop', () => {
    expect(of('island', report.findings)).toHaveLength(21);
    expect(of('cavity', report.findings)).toHaveLength(21);
    expect(of('loop', report.findings)).toHaveLength(328);
    expect(report.verdict).toBe('review');
  });
});
