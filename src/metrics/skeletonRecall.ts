import { tubeAround } from '../skeleton/tubed';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { skeletonInOrder } from './axisOrder';
import { EMPTY_SCORES, share, type EmptyPolicy } from './emptyPolicy';
import { overlap, type Overlap } from './overlap';
import { METRIC_PRESETS, type SkeletonPreset } from './presets';

/**
 * Skeleton recall of a mask: share of the reference's tubed skeleton (Kirchhoff et al. 2024) inside the
 * prediction, all labels taken as one.
 *
 * @param prediction any value but 0 is foreground; x fastest
 * @param reference on the same grid
 * @param dims [nx, ny, nz]
 * @param preset `compatible` thinning is the published tube; `safe` also asks for components that Lee's loses
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonRecall(
  prediction: Uint8Array,
  reference: Uint8Array,
  dims: Vec3,
  { thinning, axes, empty }: SkeletonPreset = METRIC_PRESETS.safe,
): number {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  const skeleton = skeletonInOrder(reference, dims, thinning, axes);
  const tube = overlap(tubeAround(skeleton, reference, dims), prediction);
  return tubeShare(tube, tube.a > 0 ? tube : overlap(reference, prediction), empty);
}

/**
 * Skeleton precision of a mask: share of the prediction's tubed skeleton inside the reference, the mirror image
 * of {@link skeletonRecall}.
 */
export const skeletonPrecision = (
  prediction: Uint8Array,
  reference: Uint8Array,
  dims: Vec3,
  preset: SkeletonPreset = METRIC_PRESETS.safe,
): number => skeletonRecall(reference, prediction, dims, preset);

/**
 * Share of a tube (`a`) that the other side covers (`both`). A class can lie beside the tube of the merged
 * skeleton with all its voxels; the policy then says what stands for its tube.
 *
 * @param voxels the class on the tube's side (`a`), on the other (`b`), on both
 */
export function tubeShare(
  tube: Pick<Overlap, 'a' | 'both'>,
  voxels: Overlap,
  policy: EmptyPolicy,
): number {
  const beside = tube.a === 0 && EMPTY_SCORES[policy].withoutTube === 'voxels';
  const { a, both } = beside ? voxels : tube;
  return share(both, a, voxels.a + voxels.b === 0, policy);
}
