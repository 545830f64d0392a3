import type { BitVolume } from './bits';
import { voxelsOf } from './distanceBetween';
import { distancesPlain } from './distancePlain';
import type { Vec3 } from './geometry';

/** The specification of the distance transform: at each voxel what the search for the nearest background finds. */
export function distanceTransformPlain(volume: BitVolume, spacing: Vec3): Float32Array {
  const [nx, ny, nz] = volume.dims;
  const transform = new Float32Array(nx * ny * nz);
  const voxels = voxelsOf(volume);
  distancesPlain(volume, 'background', spacing, voxels).forEach((distance, i) => {
    transform[voxels[i]] = distance;
  });
  return transform;
}
