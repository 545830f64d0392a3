import { wrap, type Remote } from 'comlink';
import { InputError } from '../volume/errors';
import type { PipelineWorker } from './protocol';

/** What the client needs of a worker. */
export type WorkerLike = Pick<
  Worker,
  'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'
>;

/** One worker, from its start to its end. */
export class Connection {
  readonly remote: Remote<PipelineWorker>;
  /** Rejects when the worker has ended; never resolves. Calls race with it, as their answers will not come. */
  readonly ended: Promise<never>;
  readonly #worker: WorkerLike;
  #reject: (error: Error) => void = () => undefined;
  #hasAnswered = false;

  /** @param onEnd is told once */
  constructor(
    worker: WorkerLike,
    private readonly onEnd: (connection: Connection) => void,
  ) {
    this.#worker = worker;
    this.ended = new Promise((_, reject) => (this.#reject = reject));
    this.ended.catch(() => undefined); // nobody may be waiting when it ends
    worker.addEventListener('message', () => (this.#hasAnswered = true), { once: true });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.end(this.#hasAnswered ? crashed() : notStarted());
    });
    worker.addEventListener('messageerror', () => this.end(crashed()));
    this.remote = wrap<PipelineWorker>(worker);
  }

  /** Stop the worker at once and free all that it holds; calls that wait for it reject with this error. */
  end(error: Error): void {
    this.#worker.terminate();
    this.#reject(error);
    this.onEnd(this);
  }
}

const crashed = () =>
  new InputError(
    'worker.crashed',
    'The computation stopped unexpectedly, perhaps for lack of memory; the study is unchanged, run it again or choose a smaller series.',
  );

/** The script of the worker did not load. */
export const notStarted = () =>
  new InputError(
    'worker.start',
    'The computation could not be started because its script did not load; reload the page, or ask who installed the extension to check its files.',
  );
