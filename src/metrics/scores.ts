import type { Betti } from '../topology/betti';
import type { ClDice } from './cldice';
import type { SurfaceDistances } from './surfaceDistances';

/** How two masks agree; docs/metrics.md says how each number is defined, also where a mask is empty. */
export interface Scores extends ClDice, SurfaceDistances {
  readonly dice: number;
  readonly iou: number;
  /** Share of the reference's tubed skeleton inside the prediction. */
  readonly skeletonRecall: number;
  /** Share of the prediction's tubed skeleton inside the reference. */
  readonly skeletonPrecision: number;
  /** |β0|, |β1|, |β2| errors; foreground 26-connected, background 6-connected. */
  readonly bettiError: Betti;
}

/** The scores of one class, with the counts behind them. */
export interface ClassScores extends Scores {
  readonly voxels: {
    readonly prediction: number;
    readonly reference: number;
    readonly both: number;
  };
  readonly betti: { readonly prediction: Betti; readonly reference: Betti };
}

/** Arithmetic means of all scores, errors of Betti numbers included; of none, the scores given for it. */
export function meanScores(scores: readonly Scores[], ofNone: Scores): Scores {
  const all = scores.length > 0 ? scores : [ofNone];
  const mean = (pick: (of: Scores) => number) =>
    all.reduce((sum, each) => sum + pick(each), 0) / all.length;
  return {
    dice: mean(({ dice }) => dice),
    iou: mean(({ iou }) => iou),
    clDice: mean(({ clDice }) => clDice),
    tprec: mean(({ tprec }) => tprec),
    tsens: mean(({ tsens }) => tsens),
    skeletonRecall: mean(({ skeletonRecall }) => skeletonRecall),
    skeletonPrecision: mean(({ skeletonPrecision }) => skeletonPrecision),
    hd: mean(({ hd }) => hd),
    hd95: mean(({ hd95 }) => hd95),
    assd: mean(({ assd }) => assd),
    nsd: mean(({ nsd }) => nsd),
    bettiError: {
      b0: mean(({ bettiError }) => bettiError.b0),
      b1: mean(({ bettiError }) => bettiError.b1),
      b2: mean(({ bettiError }) => bettiError.b2),
    },
  };
}
