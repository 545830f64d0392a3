import type { ThinningMode } from '../skeleton/thinning';
import type { AxisOrder } from './axisOrder';
import type { EmptyPolicy } from './emptyPolicy';

/** What the metrics leave open. A preset with changes: `{ ...METRIC_PRESETS.safe, tolerance: 0.5 }`. */
export interface MetricPreset {
  /** Thinning of clDice, skeleton recall and precision. */
  readonly thinning: ThinningMode;
  /** Order in which the thinning takes the axes. */
  readonly axes: AxisOrder;
  /** Scores of classes that are missing on one or both sides. */
  readonly empty: EmptyPolicy;
  /** Tolerance of the normalised surface Dice, mm. */
  readonly tolerance: number;
}

/**
 * - `safe`, the default: thinning loses no component, and two empty masks agree.
 * - `topcow`: the numbers of TopCoW's evaluation (CoWBenchmark/TopCoW_Eval_Metrics), whose thinning is
 *   scikit-image's on arrays in the order (x, y, z).
 */
export const METRIC_PRESETS = Object.freeze({
  safe: Object.freeze({ thinning: 'safe', axes: 'xyz', empty: 'agreement', tolerance: 1 }),
  topcow: Object.freeze({ thinning: 'compatible', axes: 'xyz', empty: 'topcow', tolerance: 1 }),
}) satisfies Readonly<Record<string, MetricPreset>>;

/** The part of a preset that the skeleton scores need. */
export type SkeletonPreset = Pick<MetricPreset, 'thinning' | 'axes' | 'empty'>;
