import { InputError } from '../../volume/errors';

/**
 * A number of rounds: whole, at least 0.
 *
 * @throws InputError `skeleton.iterations`
 */
export function checkIterations(iterations: number): void {
  if (!Number.isInteger(iterations) || iterations < 0)
    throw new InputError(
      'skeleton.iterations',
      `iterations must be a whole number of at least 0; it is ${iterations}.`,
    );
}

/**
 * Shares or probabilities: each value in 0 … 1.
 *
 * @param name the argument, as the message calls it
 * @throws InputError `volume.values`
 */
export function checkShares(values: Float32Array, name: string): void {
  const bad = values.findIndex((v) => !(v >= 0 && v <= 1));
  if (bad >= 0)
    throw new InputError(
      'volume.values',
      `${name} must hold values of 0 … 1; voxel ${bad} is ${values[bad]}.`,
    );
}
