import { checkSameLength, checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { skeletonInOrder } from './axisOrder';
import { share, type EmptyPolicy } from './emptyPolicy';
import type { Overlap } from './overlap';
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
  /** Any value but 0 is foreground. */
  readonly mask: Uint8Array;
  /** 0 or 1. */
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
  checkSameLength(prediction.skeleton, reference.mask, ['prediction', 'reference']);
  checkSameLength(reference.skeleton, prediction.mask, ['reference', 'prediction']);
  const ofPrediction = inside(prediction.skeleton, reference.mask);
  const ofReference = inside(reference.skeleton, prediction.mask);
  const bothEmpty =
    ofPrediction.a + ofReference.a === 0 && isEmpty(prediction.mask) && isEmpty(reference.mask);
  return clDiceOf(ofPrediction, ofReference, bothEmpty, policy);
}

/** Voxels of a skeleton (`a`), and those of them inside the other mask. */
type Covered = Pick<Overlap, 'a' | 'both'>;

/**
 * {@link clDice} where the skeletons' voxels are counted already.
 *
 * @param bothEmpty whether neither mask holds a voxel
 */
export function clDiceOf(
  ofPrediction: Covered,
  ofReference: Covered,
  bothEmpty: boolean,
  policy: EmptyPolicy,
): ClDice {
  const tprec = share(ofPrediction.both, ofPrediction.a, bothEmpty, policy);
  const tsens = share(ofReference.both, ofReference.a, bothEmpty, policy);
  const sum = tprec + tsens;
  return { clDice: sum === 0 ? 0 : (2 * tprec * tsens) / sum, tprec, tsens };
}

/** Count along a skeleton; `indexOf` passes what is not on it at memory speed. */
function inside(skeleton: Uint8Array, mask: Uint8Array): Covered {
  let a = 0;
  let both = 0;
  for (let i = skeleton.indexOf(1); i >= 0; i = skeleton.indexOf(1, i + 1)) {
    a++;
    if (mask[i] !== 0) both++;
  }
  return { a, both };
}

const isEmpty = (mask: Uint8Array): boolean => mask.every((v) => v === 0);
