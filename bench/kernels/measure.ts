import type { Timed } from './operation';

/** Runs of one operation in a fresh process or page. */
export interface Measured {
  /** Seconds of the first call. */
  readonly cold: number;
  /** Median seconds of the calls after it. */
  readonly warm: number;
  /** Median processor seconds of the calls after it, all threads; null where they can't be read. */
  readonly cpu: number | null;
  /** Megabytes that the process held at most beyond what it held before the first call. */
  readonly peakMb: number | null;
  readonly figures: readonly number[];
}

/** Clocks and counters that only some places have. */
export interface Meters {
  /** Processor seconds of this process so far. */
  readonly cpu?: () => number;
  /** Starts watching the memory; the function that it returns gives the peak since then, MB. */
  readonly watchMemory?: () => () => number | null;
}

/** How long calls are repeated at most, seconds, after the third. */
const ENOUGH = 5;

/** Times the first call, and the median of up to `repeats` more. */
export async function measure(
  work: Timed,
  repeats: number,
  meters: Meters = {},
): Promise<Measured> {
  const timed = async () => {
    const cpu = meters.cpu?.();
    const start = performance.now();
    await work.run();
    return {
      wall: (performance.now() - start) / 1000,
      cpu: cpu === undefined ? null : meters.cpu!() - cpu,
    };
  };
  const peak = meters.watchMemory?.();
  const cold = await timed();
  const peakMb = peak?.() ?? null;
  const calls = [];
  for (let spent = 0; calls.length < repeats && (calls.length < 3 || spent < ENOUGH);) {
    const call = await timed();
    calls.push(call);
    spent += call.wall;
  }
  const cpus = calls.flatMap(({ cpu }) => cpu ?? []);
  return {
    cold: cold.wall,
    warm: median(calls.map(({ wall }) => wall)),
    cpu: cpus.length > 0 ? median(cpus) : null,
    peakMb,
    figures: work.figures(),
  };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1];
