import type { Progress, Stage } from './protocol';

/** Stages in order, with their usual share of a run's time. */
const WEIGHTS: Readonly<Record<Stage, number>> = Object.freeze({
  load: 3,
  compile: 7,
  infer: 70,
  clean: 1,
  skeleton: 6,
  centerline: 6,
  qc: 7,
});

/** The stage that takes most of the time, in equal steps: what it takes tells what is to come. */
const STEADY: Stage = 'infer';

/** Steps of it before a remaining time is told. */
const ENOUGH_STEPS = 3;

/** Makes one fraction that never falls out of the parts of stages. Called at the beginning, within and at the end. */
export type Meter = (stage: Stage, part: number) => void;

/**
 * @param stages those that this run has; their weights make up the whole
 * @param now milliseconds
 */
export function createMeter(
  stages: readonly Stage[],
  onProgress: (progress: Progress) => void,
  now: () => number = () => performance.now(),
): Meter {
  const total = sum(stages.map((stage) => WEIGHTS[stage]));
  const before = (stage: Stage) =>
    sum(stages.slice(0, stages.indexOf(stage)).map((earlier) => WEIGHTS[earlier]));
  let highest = 0;
  let start: { readonly time: number; readonly fraction: number } | undefined;
  let steps = 0;
  /** Seconds that the whole run would take at the pace of the steady stage. */
  let pace: number | undefined;

  return (stage, part) => {
    const fraction = Math.max(highest, (before(stage) + part * WEIGHTS[stage]) / total);
    highest = fraction;
    if (stage === STEADY) {
      start ??= { time: now(), fraction };
      if (part > 0 && ++steps >= ENOUGH_STEPS)
        pace = (now() - start.time) / 1000 / (fraction - start.fraction);
    }
    onProgress({
      stage,
      fraction,
      ...(pace !== undefined && { remaining: pace * (1 - fraction) }),
    });
  };
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
