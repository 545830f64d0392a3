import { skeletonize, type ThinningMode } from '../skeleton/thinning';
import { tubeAround } from '../skeleton/tubed';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import type { Skeletonized } from './cldice';
import { share, type EmptyPolicy } from './emptyPolicy';
import { overlap } from './overlap';

/**
 * Skeleton recall of a mask: share of the reference's tubed skeleton (Kirchhoff et al. 2024) inside the
 * prediction, all labels taken as one.
 *
 * @param prediction any value but 0 is foreground; x fastest
 * @param reference on the same grid
 * @param dims [nx, ny, nz]
 * @param mode `compatible` is the published tube; `safe` also asks for components that Lee's thinning loses
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonRecall(
  prediction: Uint8Array,
  reference: Uint8Array,
  dims: Vec3,
  mode: ThinningMode = 'safe',
  policy: EmptyPolicy = 'agreement',
): number {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  const skeleton = skeletonize(reference, dims, mode);
  return skeletonRecallOf(prediction, { mask: reference, skeleton }, dims, policy);
}

/** {@link skeletonRecall} where the reference's skeleton is there already. */
export function skeletonRecallOf(
  prediction: Uint8Array,
  { mask, skeleton }: Skeletonized,
  dims: Vec3,
  policy: EmptyPolicy = 'agreement',
): number {
  const { a, b, both } = overlap(tubeAround(skeleton, mask, dims), prediction);
  const bothEmpty = b === 0 && mask.every((v) => v === 0);
  return share(both, a, bothEmpty, policy);
}
