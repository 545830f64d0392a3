/** How often it looks. */
const TICK_MS = 1000;

/**
 * Calls out when nothing has been heard for a while. Ticks are counted, not time: a computer that slept, or a
 * hidden tab whose timers are held back, must not look like a worker that hangs.
 */
export class Watchdog {
  #left: number;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param patience seconds */
  constructor(patience: number, onSilence: () => void) {
    this.#left = patience;
    this.#timer = setInterval(() => {
      if (--this.#left > 0) return;
      this.stop();
      onSilence();
    }, TICK_MS);
  }

  /** Something was heard; wait this long (seconds) for the next sign. */
  heard(patience: number): void {
    this.#left = patience;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
