import { InputError } from '@vessels/volume/errors';

/** The refusal with which a run must end; any other error is thrown on. */
export function refusal(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
