import { bettiNumbers } from '../topology/betti';
import { checkSpacing, checkVoxels } from '../volume/checks';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import { skeletonInOrder } from './axisOrder';
import { bettiError } from './bettiError';
import { clDiceOfSkeletons, type Skeletonized } from './cldice';
import { toLabels, type Labels } from './labels';
import { countLabels, type ClassVoxels } from './labelsCount';
import { cropAround, maskOfClass, type Crop } from './labelsCrop';
import { countTube, type TubeVoxels } from './labelsTube';
import { diceOf, iouOf, type Overlap } from './overlap';
import { METRIC_PRESETS, type MetricPreset } from './presets';
import { meanScores, type ClassScores, type Scores } from './scores';
import { tubeShare } from './skeletonRecall';

/** A pair of labelmaps, scored; plain data, no NaN, no Infinity. */
export interface LabelComparison {
  /** By label: every class that the prediction or the reference holds. */
  readonly classes: Readonly<Record<number, ClassScores>>;
  /** Means over these classes. */
  readonly average: Scores;
  /** All labels as one class. */
  readonly merged: ClassScores;
}

/**
 * Compare two labelmaps: overlap, skeletons and topology, for each class, in the mean over the classes, and
 * with all labels as one. docs/metrics.md has the definitions; foreground 26-connected, background 6-connected.
 *
 * @param prediction 0 is background, other whole numbers up to 65535 are classes; x fastest
 * @param reference on the same grid
 * @param geometry dims [nx, ny, nz] and spacing (mm)
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`, `labels.value`
 */
export function compareLabels(
  prediction: Voxels,
  reference: Voxels,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  preset: MetricPreset = METRIC_PRESETS.safe,
): LabelComparison {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  checkSpacing(spacing);
  const labels: LabelPair = {
    prediction: toLabels(prediction, 'prediction'),
    reference: toLabels(reference, 'reference'),
    dims,
  };
  const { classes, merged } = countLabels(labels.prediction, labels.reference, dims);
  const whole = scoreMerged(labels, merged, preset);
  const scored = [...classes].map(([label, voxels]): [number, ClassScores] => [
    label,
    // A class that is alone has the merged masks.
    classes.size === 1 ? whole.scores : scoreClass(labels, label, voxels, whole, preset),
  ]);
  return {
    classes: Object.fromEntries(scored),
    average: meanScores(
      scored.map(([, scores]) => scores),
      whole.scores,
    ),
    merged: whole.scores,
  };
}

interface LabelPair {
  readonly prediction: Labels;
  readonly reference: Labels;
  readonly dims: Vec3;
}

interface TubePair {
  readonly tubes: { readonly prediction: TubeVoxels; readonly reference: TubeVoxels };
}

function scoreMerged(
  labels: LabelPair,
  voxels: ClassVoxels,
  preset: MetricPreset,
): TubePair & { readonly scores: ClassScores } {
  const crop = cropAround(voxels.box, labels.dims);
  const prediction = thinned(labels.prediction, labels.dims, crop, undefined, preset);
  const reference = thinned(labels.reference, labels.dims, crop, undefined, preset);
  const tubeOf = ({ skeleton, mask }: Skeletonized, own: Labels, other: Labels) =>
    countTube(skeleton, mask, own, other, labels.dims, crop);
  const tubes = {
    prediction: tubeOf(prediction, labels.prediction, labels.reference),
    reference: tubeOf(reference, labels.reference, labels.prediction),
  };
  return {
    tubes,
    scores: {
      ...maskScores(prediction, reference, crop.dims, voxels, preset),
      ...tubeScores(tubes.prediction.merged, tubes.reference.merged, voxels, preset),
    },
  };
}

function scoreClass(
  labels: LabelPair,
  label: number,
  voxels: ClassVoxels,
  { tubes }: TubePair,
  preset: MetricPreset,
): ClassScores {
  const crop = cropAround(voxels.box, labels.dims);
  return {
    ...maskScores(
      thinned(labels.prediction, labels.dims, crop, label, preset),
      thinned(labels.reference, labels.dims, crop, label, preset),
      crop.dims,
      voxels,
      preset,
    ),
    ...tubeScores(tubes.prediction.of(label), tubes.reference.of(label), voxels, preset),
  };
}

/** A class inside a crop, with its skeleton. */
function thinned(
  labels: Labels,
  dims: Vec3,
  crop: Crop,
  label: number | undefined,
  { thinning, axes }: MetricPreset,
): Skeletonized {
  const mask = maskOfClass(labels, dims, crop, label);
  return { mask, skeleton: skeletonInOrder(mask, crop.dims, thinning, axes) };
}

/** What the two masks of a class alone decide. */
function maskScores(
  prediction: Skeletonized,
  reference: Skeletonized,
  dims: Vec3,
  voxels: Overlap,
  { empty }: MetricPreset,
): Omit<ClassScores, 'skeletonRecall' | 'skeletonPrecision'> {
  const betti = {
    prediction: bettiNumbers(prediction.mask, dims),
    reference: bettiNumbers(reference.mask, dims),
  };
  return {
    voxels: { prediction: voxels.a, reference: voxels.b, both: voxels.both },
    dice: diceOf(voxels, empty),
    iou: iouOf(voxels, empty),
    ...clDiceOfSkeletons(prediction, reference, empty),
    betti,
    bettiError: bettiError(betti.prediction, betti.reference),
  };
}

/** What the tubes decide: those of the merged masks, also for a class. */
const tubeScores = (
  ofPrediction: Pick<Overlap, 'a' | 'both'>,
  ofReference: Pick<Overlap, 'a' | 'both'>,
  { a, b, both }: Overlap,
  { empty }: MetricPreset,
): Pick<Scores, 'skeletonRecall' | 'skeletonPrecision'> => ({
  skeletonRecall: tubeShare(ofReference, { a: b, b: a, both }, empty),
  skeletonPrecision: tubeShare(ofPrediction, { a, b, both }, empty),
});
