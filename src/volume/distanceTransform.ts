import { withKernels } from '../wasm/kernels';
import { packBits, transposeBits, type BitVolume } from './bits';
import { checkSpacing } from './checks';
import { distanceTransformCompiled } from './distanceTransformCompiled';
import { distanceTransformPlain } from './distanceTransformPlain';
import type { Vec3 } from './geometry';

/**
 * Exact Euclidean distance transform: at each foreground voxel the distance (mm) to the nearest background voxel,
 * centre to centre, for any spacing; 0 in the background. Equals scipy's `distance_transform_edt` as float32. The
 * outside of the volume is not background: where there is no background at all, all distances are Infinity.
 *
 * One axis after the other, planes of equal z by themselves: along z each run of foreground is walked once, then
 * the squared distances pass through lower envelopes of parabolas along x and along y (Felzenszwalb and
 * Huttenlocher, Theory of Computing 8, 2012; hidden parabolas found as by Maurer, Qi and Raghavan, PAMI 25, 2003).
 * Only runs of foreground are visited, so cost grows with the foreground, by an equal amount for a voxel of a thin
 * vessel and of a thick block; what is held besides the packed mask and the result are a few planes.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param spacing mm
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export const distanceTransform = (mask: Uint8Array, dims: Vec3, spacing: Vec3): Float32Array =>
  distanceTransformOfBits(packBits(mask, dims), spacing);

/**
 * {@link distanceTransform} of a packed mask.
 *
 * @throws InputError `volume.spacing`, `volume.too-large`
 */
export function distanceTransformOfBits(volume: BitVolume, spacing: Vec3): Float32Array {
  checkSpacing(spacing);
  const alongX = volume.axis === 'x' ? volume : transposeBits(volume);
  return withKernels(
    (kernels) => distanceTransformCompiled(kernels, alongX, spacing),
    () => distanceTransformPlain(alongX, spacing),
  );
}
