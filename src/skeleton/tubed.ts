import type { Vec3 } from '../volume/geometry';
import { skeletonize, type ThinningMode } from './thinning';

/** Voxels around a skeleton voxel that a tube holds: city-block distance, isotropic in voxels. */
const TUBE_RADIUS = 2;

/**
 * The tubed skeleton of Skeleton Recall Loss (Kirchhoff et al. 2024): all labels as one mask, its skeleton, each
 * skeleton voxel widened to the 25 voxels within city-block distance 2, cut to the mask; each voxel keeps its
 * label. Spacing plays no part in the definition.
 *
 * @param labels 0 is background; x fastest
 * @param dims [nx, ny, nz]
 * @param mode `compatible` is the published definition; `safe` also covers components that Lee's thinning loses
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function tubedSkeleton(
  labels: Uint8Array,
  dims: Vec3,
  mode: ThinningMode = 'compatible',
): Uint8Array {
  return tubeAround(skeletonize(labels, dims, mode), labels, dims);
}

/** {@link tubedSkeleton} where the skeleton is there already. */
export function tubeAround(skeleton: Uint8Array, labels: Uint8Array, dims: Vec3): Uint8Array {
  const [nx, ny, nz] = dims;
  const tube = new Uint8Array(labels.length);
  const between = (low: number, value: number, high: number) =>
    Math.min(Math.max(value, low), high);
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
        const to = row + between(0, x + half, nx - 1);
        for (let at = row + between(0, x - half, nx - 1); at <= to; at++) tube[at] = labels[at];
      }
    }
  }
  return tube;
}
