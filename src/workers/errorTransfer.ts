import { transferHandlers, type TransferHandler } from 'comlink';
import { CancelledError, InputError } from '../volume/errors';

/** An error on its way between threads. */
type WireError =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'input'; readonly code: string; readonly message: string };

/** What comlink hands to the handler of thrown values. */
interface Thrown {
  readonly value: unknown;
}

/** How browsers say that an array did not fit. */
const NO_MEMORY = /allocation|out of memory|array length/i;

function toWire(error: unknown): WireError {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  const { code, message } = error instanceof InputError ? error : unexpected(error);
  return { kind: 'input', code, message };
}

function unexpected(error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof RangeError && NO_MEMORY.test(reason)
    ? new InputError(
        'worker.memory',
        'There is not enough memory for this series; close other tabs or choose a smaller series.',
      )
    : new InputError(
        'worker.failed',
        `The computation failed (${reason}); run it again, and report this if it stays.`,
      );
}

/**
 * Make errors cross between threads as what they are. Comlink's own way keeps the message and loses the type. Both
 * threads must call this before they talk.
 */
export function carryErrors(): void {
  const { canHandle } = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>;
  const handler: TransferHandler<Thrown, WireError> = {
    canHandle,
    serialize: ({ value }) => [toWire(value), []],
    deserialize(wire) {
      throw wire.kind === 'cancelled'
        ? new CancelledError()
        : new InputError(wire.code, wire.message);
    },
  };
  transferHandlers.set('throw', handler);
}
