import { expose } from 'comlink';
import type { WorkerLike } from '@vessels/workers/connection';
import type { PipelineWorker } from '@vessels/workers/protocol';

export interface FakeWorker extends WorkerLike {
  readonly isTerminated: boolean;
  /** What a browser does when the worker's script fails. */
  crash(): void;
}

/** A worker without a thread: the service at the other end of a message channel. */
export function fakeWorker(service: Partial<PipelineWorker>): FakeWorker {
  const { port1, port2 } = new MessageChannel();
  const failures = new EventTarget();
  let isTerminated = false;
  const received: MessagePort[] = [];
  port2.addEventListener('message', ({ data }) => {
    for (const { value } of data.argumentList ?? [])
      if (value instanceof MessagePort) received.push(value);
  });
  expose(service, port2);
  port1.start();
  const targetOf = (type: string) => (type === 'message' ? port1 : failures);
  return {
    get isTerminated() {
      return isTerminated;
    },
    crash: () => failures.dispatchEvent(new Event('error', { cancelable: true })),
    postMessage: (message: unknown, transfer: Transferable[]) =>
      port1.postMessage(message, transfer),
    addEventListener: (type: string, ...rest: [EventListener]) =>
      targetOf(type).addEventListener(type, ...rest),
    removeEventListener: (type: string, ...rest: [EventListener]) =>
      targetOf(type).removeEventListener(type, ...rest),
    terminate() {
      isTerminated = true;
      // The ports that a thread holds end with it.
      [port1, ...received].forEach((port) => port.close());
    },
  } as FakeWorker;
}
