import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMeter } from '@vessels/workers/progress';
import type { Progress, Stage } from '@vessels/workers/protocol';

const ALL: readonly Stage[] = ['load', 'compile', 'infer', 'clean', 'skeleton', 'centerline', 'qc'];

function record(stages: readonly Stage[], clock = { ms: 0 }) {
  const told: Progress[] = [];
  const meter = createMeter(
    stages,
    (p) => told.push(p),
    () => clock.ms,
  );
  return { told, meter, clock };
}

test('the fraction never falls, whatever the stages report', () => {
  const steps = fc.array(
    fc.tuple(fc.constantFrom(...ALL), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(steps, (reports) => {
      const { told, meter } = record(ALL);
      reports.forEach(([stage, part]) => meter(stage, part));
      told.forEach(({ fraction }, i) => {
        expect(fraction).toBeGreaterThanOrEqual(i ? told[i - 1].fraction : 0);
        expect(fraction).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test('a run begins at 0 and ends at 1, also with a few of the stages', () => {
  for (const stages of [ALL, ALL.slice(4)]) {
    const { told, meter } = record(stages);
    meter(stages[0], 0);
    meter(stages[stages.length - 1], 1);
    expect(told.map(({ fraction }) => fraction)).toEqual([0, 1]);
  }
});

test('the remaining time is told after some tiles, at their pace', () => {
  const { told, meter, clock } = record(['infer']);
  meter('infer', 0);
  for (let tile = 1; tile <= 4; tile++) {
    clock.ms += 2000;
    meter('infer', tile / 10);
  }
  expect(told.map(({ remaining }) => remaining && Math.round(remaining))).toEqual([
    undefined,
    undefined,
    undefined,
    14,
    12,
  ]);
});
