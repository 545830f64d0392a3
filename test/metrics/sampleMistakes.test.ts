import { describe, expect, test } from '@jest/globals';
import { extractCenterlines } from '@vessels/centerline/extract';
import { qcReport } from '@vessels/metrics/qc';
import type { FindingKind, QcReport } from '@vessels/metrics/report';
import type { Vec3 } from '@vessels/volume/geometry';
import { ANEURYSM, VESSELS } from '../../viewer/sample/anatomy';
import { MISTAKES, withMistakes } from '../../viewer/sample/mistakes';
import { maskOf, signedDistance } from '../../viewer/sample/phantom';
import { SAMPLE_GEOMETRY } from '../../viewer/sample/study';

/** Distance from a place to the nearest finding of a kind, mm. */
function nearest({ findings, reference }: QcReport, kind: FindingKind, place: Vec3): number {
  const all = [...findings, ...(reference?.findings ?? [])].filter((f) => f.kind === kind);
  return Math.min(
    ...all.map(({ position }) => Math.hypot(...position.map((v, axis) => v - place[axis]))),
  );
}

describe('the sample study', () => {
  const truth = maskOf(signedDistance(VESSELS, [ANEURYSM], SAMPLE_GEOMETRY), SAMPLE_GEOMETRY);
  const flawed = withMistakes(truth, SAMPLE_GEOMETRY);
  const [right, wrong] = [truth, flawed].map((mask) =>
    qcReport(mask, extractCenterlines(mask), truth.data),
  );
  const { from, to } = MISTAKES.bridge;
  const bridge = from.map((v, axis) => (v + to[axis]) / 2) as unknown as Vec3;

  test('the truth passes; its one loop is the circle of Willis', () => {
    expect(right).toMatchObject({ verdict: 'pass', betti: { b0: 1, b1: 1, b2: 0 } });
    expect(right.findings.map(({ kind }) => kind)).toEqual(['loop']);
    expect(right.reference).toMatchObject({ clDice: 1, findings: [] });
  });

  test('without the reference the gap, the island and the bridge are found where they are', () => {
    expect(wrong.verdict).toBe('review');
    expect(nearest(wrong, 'gap', MISTAKES.gap.center)).toBeLessThan(2);
    expect(nearest(wrong, 'island', MISTAKES.island.center)).toBeLessThan(1);
    expect(nearest(wrong, 'loop', bridge)).toBeLessThan(1);
  });

  test('with the reference each mistake is told by its kind', () => {
    expect(nearest(wrong, 'falseLoop', bridge)).toBeLessThan(1);
    expect(nearest(wrong, 'split', MISTAKES.gap.center)).toBeLessThan(2);
    expect(nearest(wrong, 'falseComponent', MISTAKES.island.center)).toBeLessThan(1);
    const { findings, bettiError } = wrong.reference!;
    const branches = findings.filter(({ kind }) => kind === 'missedBranch');
    expect(branches).toHaveLength(1);
    expect(branches[0].value).toBeGreaterThan(15);
    expect(findings).toHaveLength(4);
    expect(bettiError).toEqual({ b0: 2, b1: 1, b2: 0 });
  });
});
