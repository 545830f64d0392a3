import { nextTask, throwIfCancelled } from '../inference/tasks';
import { createMeter } from './progress';
import type { Progress, Stage } from './protocol';

/** Runs the stages of a job one after the other. */
export interface Stages {
  /** Begin a stage: messages are let in, a cancel is heard, progress is told, and its time is taken. */
  run<T>(stage: Stage, work: (report: (part: number) => void) => T | Promise<T>): Promise<T>;
  /** Seconds of the stages that are done. */
  readonly timings: Partial<Record<Stage, number>>;
}

/** @param stages those that the job may have, in order; some may be left out when it runs */
export function createStages(
  stages: readonly Stage[],
  onProgress: (progress: Progress) => void,
  signal: AbortSignal | undefined,
): Stages {
  const meter = createMeter(stages, onProgress);
  const timings: Partial<Record<Stage, number>> = {};
  return {
    timings,
    async run(stage, work) {
      meter(stage, 0);
      await nextTask();
      throwIfCancelled(signal);
      const start = performance.now();
      const value = await work((part) => meter(stage, part));
      timings[stage] = (performance.now() - start) / 1000;
      if (stage === stages[stages.length - 1]) meter(stage, 1);
      return value;
    },
  };
}
