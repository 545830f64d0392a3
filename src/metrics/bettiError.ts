import type { Betti } from '../topology/betti';

/** Betti number errors |βk(prediction) − βk(reference)| of whole masks; 0 where the counts agree. */
export const bettiError = (prediction: Betti, reference: Betti): Betti => ({
  b0: Math.abs(prediction.b0 - reference.b0),
  b1: Math.abs(prediction.b1 - reference.b1),
  b2: Math.abs(prediction.b2 - reference.b2),
});
