import type { Progress } from './protocol';

/** The time from one telling to the next, ms: at most, and at least within a stage, as small tiles take no time. */
const EVERY = 300;
const APART = 100;

interface Step {
  /** Of the run, 0 to 1. */
  readonly share: number;
  /** ms */
  readonly took: number;
}

/** A step that was shorter tells little of the next; ms. */
const SHORTEST = 1000;

/** Stands for the last step before there was one. */
const FIRST_STEP: Step = Object.freeze({ share: 0.01, took: SHORTEST });

/**
 * Tells of progress at least twice a second, also where one tile takes seconds: between two reports the fraction goes
 * on at the pace of the last step, and no farther than another such step. It never falls. What comes too fast for the
 * eye is passed over.
 */
export class SteadyProgress {
  readonly #timer: ReturnType<typeof setInterval>;
  #last: { readonly progress: Progress; readonly at: number } | undefined;
  #step = FIRST_STEP;
  #told: { readonly progress: Progress; readonly at: number } | undefined;

  constructor(
    private readonly onProgress: (progress: Progress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#timer = setInterval(() => this.#goOn(), EVERY);
  }

  /** The worker has told of its progress. */
  report(progress: Progress): void {
    const at = this.now();
    if (this.#last)
      this.#step = {
        share: progress.fraction - this.#last.progress.fraction,
        took: Math.max(SHORTEST, at - this.#last.at),
      };
    this.#last = { progress, at };
    const told = this.#told;
    if (progress.stage !== told?.progress.stage || at - told.at >= APART) this.#tell(progress);
  }

  /** Nothing is told after this. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #goOn(): void {
    if (!this.#last) return;
    const { progress, at } = this.#last;
    const passed = this.now() - at;
    const fraction = progress.fraction + this.#step.share * Math.min(1, passed / this.#step.took);
    const { remaining } = progress;
    this.#tell({
      ...progress,
      fraction: Math.min(1, fraction),
      ...(remaining !== undefined && { remaining: Math.max(0, remaining - passed / 1000) }),
    });
  }

  #tell(progress: Progress): void {
    const fraction = Math.max(this.#told?.progress.fraction ?? 0, progress.fraction);
    this.#told = { progress: { ...progress, fraction }, at: this.now() };
    this.onProgress(this.#told.progress);
  }
}
