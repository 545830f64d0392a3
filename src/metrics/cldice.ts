import { skeletonize, type ThinningMode } from '../skeleton/thinning';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { share, type EmptyPolicy } from './emptyPolicy';
import { overlap } from './overlap';

export interface ClDice {
  /** Harmonic mean of tprec and tsens, 0 where both are 0. */
  readonly clDice: number;
  /** Topology precision: share of the prediction's skeleton inside the reference. */
  readonly tprec: number;
  /** Topology sensitivity: share of the reference's skeleton inside the prediction. */
  readonly tsens: number;
}

/**
 * Centerline Dice of two masks (Shit et al. 2021). The skeleton decides the numbers: `safe` never loses a
 * component; `compatible` with the policy `topcow` gives the values of TopCoW's evaluation, whose arrays have
 * the axis order (x, y, z).
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
  mode: ThinningMode = 'safe',
  policy: EmptyPolicy = 'agreement',
): ClDice {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  return clDiceOfSkeletons(
    { mask: prediction, skeleton: skeletonize(prediction, dims, mode) },
    { mask: reference, skeleton: skeletonize(reference, dims, mode) },
    policy,
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
