import { bettiError } from '@vessels/metrics/bettiError';
import { clDice } from '@vessels/metrics/cldice';
import { dice } from '@vessels/metrics/overlap';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import type { BenchCase } from './cases';

/** How a mask agrees with what is known. */
export interface Scores {
  readonly dice: number;
  readonly clDice: number;
  readonly tprec: number;
  readonly tsens: number;
  /** |β0|, |β1|, |β2| errors, foreground 26-connected, background 6-connected. */
  readonly betti: string;
}

export function scoresOf(mask: Uint8Array, { truth, image, largestOnly }: BenchCase): Scores {
  const { dims } = image.geometry;
  const judged = largestOnly
    ? Uint8Array.from(labelComponents(mask, dims, 26).labels, (label) => Number(label === 1))
    : mask;
  const { b0, b1, b2 } = bettiError(bettiNumbers(judged, dims), bettiNumbers(truth, dims));
  return {
    dice: dice(judged, truth),
    ...clDice(judged, truth, dims),
    betti: `${b0} / ${b1} / ${b2}`,
  };
}
