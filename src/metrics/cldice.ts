import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { skeletonInOrder } from './axisOrder';
import { share, type EmptyPolicy } from './emptyPolicy';
import { overlap } from './overlap';
import { METRIC_PRESETS, type SkeletonPreset } from './presets';

export interface ClDice {
  /** Harmonic mean of tprec and tsens, 0 where both are 0. */
  readonly clDice: number;
  /** Topology precision: share of the prediction's skeleton inside the reference. */
  readonly tprec: number;
  /** Topology sensitivity: share of the reference's skeleton inside the prediction. */
  readonly tsens: number;
}

/**
 * Centerline Dice of two masks (Shit et al. 2021). The skeleton decides the numbers: `safe` thinning never loses
 * a component; the preset `topcow` gives the values of TopCoW's evaluation.
 *
 * @param prediction any value but 0 is foreground; x fastest
 * @param reference on the same grid
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function clDice(
  prediction: Uint8Array,
  reference: Uint8Array,
  dims: Vec3,
  { thinning, axes, empty }: SkeletonPreset = METRIC_PRESETS.safe,
): ClDice {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  return clDiceOfSkeletons(
    { mask: prediction, skeleton: skeletonInOrder(prediction, dims, thinning, axes) },
    { mask: reference, skeleton: skeletonInOrder(reference, dims, thinning, axes) },
    empty,
  );
}

/** A mask and its skeleton, on one grid. */
export interface Skeletonized {
  readonly mask: Uint8Array;
  readonly skeleton: Uint8Array;
}

/**
 * {@link clDice} where the skeletons are there already.
 *
 * @throws InputError `volume.length`
 */
export function clDiceOfSkeletons(
  prediction: Skeletonized,
  reference: Skeletonized,
  policy: EmptyPolicy = 'agreement',
): ClDice {
  const ofPrediction = overlap(prediction.skeleton, reference.mask);
  const ofReference = overlap(reference.skeleton, prediction.mask);
  const bothEmpty = ofPrediction.b === 0 && ofReference.b === 0;
  const tprec = share(ofPrediction.both, ofPrediction.a, bothEmpty, policy);
  const tsens = share(ofReference.both, ofReference.a, bothEmpty, policy);
  const sum = tprec + tsens;
  return { clDice: sum === 0 ? 0 : (2 * tprec * tsens) / sum, tprec, tsens };
}
