import { InputError } from '@vessels/volume/errors';

/** One sentence for the user: our own errors say what to do, others are named as unexpected. */
export function sentence(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `Unexpected error: ${text || 'no message'}.`.replace(/\.\.$/, '.');
}
