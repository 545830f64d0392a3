import { InputError } from '@vessels/volume/errors';

/** The InputError that a call throws; a call that throws none, or another, fails the test. */
export function errorOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
