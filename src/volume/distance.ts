import { withKernels } from '../wasm/kernels';
import { packBits, transposeBits, type BitVolume } from './bits';
import { checkSpacing } from './checks';
import { distancesCompiled } from './distanceCompiled';
import { distancesPlain } from './distancePlain';
import { InputError } from './errors';
import type { Vec3 } from './geometry';

/**
 * Distance (mm) from given voxels to the nearest background voxel, centre to centre, exact for any spacing; what
 * a Euclidean distance transform holds at those voxels (as scipy's `distance_transform_edt`), at a fraction of
 * its cost. The outside of the volume is not background. A background voxel has distance 0; in a mask without
 * background all distances are Infinity.
 *
 * Each voxel looks at the rows around it in the order of their distance, and stops at the first that is farther
 * than the best voxel so far: cost per voxel grows with the square of its radius, not with the volume. Voxels that
 * find nothing within six rows or so descend a pyramid of blocks; many of those are left to a distance transform, so
 * that thick masks have a bounded cost too.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param spacing mm
 * @param voxels linear indices
 * @throws InputError `volume.voxel`, `volume.spacing`, `volume.length`, `volume.dims`, `volume.too-large`
 */
export function distanceAt(
  mask: Uint8Array,
  dims: Vec3,
  spacing: Vec3,
  voxels: Uint32Array,
): Float32Array {
  return distanceAtOfBits(packBits(mask, dims), spacing, voxels);
}

/**
 * {@link distanceAt} in a packed mask.
 *
 * @throws InputError `volume.voxel`, `volume.spacing`, `volume.too-large`
 */
export function distanceAtOfBits(
  volume: BitVolume,
  spacing: Vec3,
  voxels: Uint32Array,
): Float32Array {
  checkSpacing(spacing);
  const { dims, count } = volume;
  const total = dims[0] * dims[1] * dims[2];
  const outside = voxels.findIndex((voxel) => voxel >= total);
  if (outside >= 0)
    throw new InputError(
      'volume.voxel',
      `voxels[${outside}] is ${voxels[outside]}, beyond the last voxel of dims ${dims.join('×')}.`,
    );
  if (count === total) return new Float32Array(voxels.length).fill(Infinity);
  const alongX = volume.axis === 'x' ? volume : transposeBits(volume);
  return withKernels(
    (kernels) => distancesCompiled(kernels, alongX, 'background', spacing, voxels),
    () => distancesPlain(alongX, 'background', spacing, voxels),
  );
}
