import { checkSameLength, checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { checkPixels, type Vec2 } from './planar/dims';
import { skeletonize2d } from './planar/skeletonize2d';
import { skeletonize, type ThinningMode } from './thinning';

/** A labelmap: 0 is background. */
export type Labels = Uint8Array | Uint16Array;

/** Voxels around a skeleton voxel that a tube holds: city-block distance, isotropic in voxels. */
const TUBE_RADIUS = 2;

/**
 * The tubed skeleton of Skeleton Recall Loss (Kirchhoff et al. 2024): all labels as one mask, its skeleton, each
 * skeleton voxel widened to the 25 voxels within city-block distance 2 (13 pixels in an image), cut to the mask;
 * each voxel keeps its label. Spacing plays no part in the definition.
 *
 * In mode `compatible` it is voxel for voxel the published code: scikit-image's thinning, two dilations with the
 * default cross, times the labels. Its arrays are indexed (x, y, z); nnU-Net loads volumes as (z, y, x), and as
 * Lee's thinning depends on the order of axes, only a volume handed over in that order (nx = size of axis 0)
 * gives the voxels that a training saw. An image has rows y and columns x. A flat volume [nx, ny, 1] is thinned
 * as a volume, as there.
 *
 * @param labels x fastest
 * @param dims [nx, ny, nz], or [nx, ny] for an image
 * @param mode `safe` also covers components that Lee's thinning loses, and ends that Zhang-Suen's shortens
 * @returns the labels inside the tube, 0 elsewhere
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function tubedSkeleton<T extends Labels>(
  labels: T,
  dims: Vec3 | Vec2,
  mode: ThinningMode = 'compatible',
): T {
  if (dims.length === 2) {
    checkPixels(labels, dims, 'labels');
    return tubeAround(skeletonize2d(asMask(labels), dims, mode), labels, dims);
  }
  checkVoxels(labels, dims, 'labels');
  return tubeAround(skeletonize(asMask(labels), dims, mode), labels, dims);
}

/** Labels as bytes of which any but 0 is foreground. */
function asMask(labels: Labels): Uint8Array {
  if (labels.BYTES_PER_ELEMENT === 1) return labels as Uint8Array;
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < mask.length; i++) if (labels[i] !== 0) mask[i] = 1;
  return mask;
}

/**
 * {@link tubedSkeleton} where the skeleton is there already.
 *
 * @param skeleton 0 or 1
 * @throws those of {@link tubedSkeleton}
 */
export function tubeAround<T extends Labels>(
  skeleton: Uint8Array,
  labels: T,
  dims: Vec3 | Vec2,
): T {
  const [nx, ny, nz = 1] = dims;
  checkVoxels(labels, [nx, ny, nz], 'labels');
  checkSameLength(skeleton, labels, ['skeleton', 'labels']);
  const tube = (
    labels.BYTES_PER_ELEMENT === 1 ? new Uint8Array(labels.length) : new Uint16Array(labels.length)
  ) as T;
  for (let i = skeleton.indexOf(1); i >= 0; i = skeleton.indexOf(1, i + 1)) {
    const x = i % nx;
    const line = Math.floor(i / nx);
    const y = line % ny;
    const z = Math.floor(line / ny);
    for (let dz = -TUBE_RADIUS; dz <= TUBE_RADIUS; dz++) {
      if (z + dz < 0 || z + dz >= nz) continue;
      const reach = TUBE_RADIUS - Math.abs(dz);
      for (let dy = -reach; dy <= reach; dy++) {
        if (y + dy < 0 || y + dy >= ny) continue;
        const half = reach - Math.abs(dy);
        const row = ((z + dz) * ny + y + dy) * nx;
        const to = row + Math.min(x + half, nx - 1);
        for (let at = row + Math.max(x - half, 0); at <= to; at++) tube[at] = labels[at];
      }
    }
  }
  return tube;
}
