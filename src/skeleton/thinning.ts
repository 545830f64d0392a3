import { bitLayout, packBits, transposeBits, unpackBits, type BitVolume } from '../volume/bits';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { skeletonizeCompiled, thinCompiled } from './thinningCompiled';
import { thinPlain } from './thinningPlain';
import type { ThinningMode } from './thinningRules';

export type { ThinningMode } from './thinningRules';

/**
 * The centerline of a mask, one voxel thin, by peeling it from six sides in turn until nothing changes. A voxel
 * goes where it lies on the border, ends no line, and its deletion changes no topology (26-connected
 * foreground, 6-connected background); ends of branches therefore stay.
 *
 * Loops stay as closed lines and cavities as closed sheets. Work grows with the foreground: a voxel that had to
 * stay is looked at again only when one of its 26 neighbours has gone.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @returns 0 or 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonize(mask: Uint8Array, dims: Vec3, mode: ThinningMode = 'safe'): Uint8Array {
  checkVoxels(mask, dims);
  const [alongX, alongZ] = [bitLayout(dims, 'x'), bitLayout(dims, 'z')];
  return withKernels(
    (kernels) => skeletonizeCompiled(kernels, mask, alongX, alongZ, mode),
    () => unpackBits(thinPlain(packBits(mask, dims, 'z'), mode)),
  );
}

/**
 * {@link skeletonize} for a mask that is packed already, which stays as it is.
 *
 * @returns packed along z
 * @throws InputError `volume.too-large`
 */
export function skeletonOfBits(volume: BitVolume, mode: ThinningMode = 'safe'): BitVolume {
  // Bits along z: the words then come in scikit-image's raster order, z fastest.
  return withKernels(
    (kernels) => thinCompiled(kernels, volume, bitLayout(volume.dims, 'z'), mode),
    () => thinPlain(volume.axis === 'z' ? volume : transposeBits(volume), mode),
  );
}
