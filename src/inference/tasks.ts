import { CancelledError } from '../volume/errors';

/** Let waiting messages in (a cancel, a preview) before the work goes on. Timers would wait for 4 ms each. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The longest that {@link inTurns} keeps a thread to itself, ms; a frame of the screen lasts 16. */
const TURN = 8;

/**
 * Do something for 0, 1, … count - 1 in order without holding up the thread: after some milliseconds others have their
 * turn.
 *
 * @throws what `step` throws; nothing is done after it
 */
export async function inTurns(count: number, step: (index: number) => void): Promise<void> {
  let since = performance.now();
  for (let index = 0; index < count; index++) {
    if (performance.now() - since > TURN) {
      await nextTask();
      since = performance.now();
    }
    step(index);
  }
}

/** @throws CancelledError when the run was cancelled */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}
