import { bitLayout, type BitVolume } from '../volume/bits';
import { packBitsPlain } from '../volume/bitsPlain';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { eulerCompiled } from './eulerCompiled';
import { eulerPlain } from './eulerPlain';
import { planesOfBits, planesOfMask } from './planes';

/**
 * Euler characteristic of a mask, outside of the volume background: components − loops + cavities.
 *
 * With 26-connected foreground it is V − E + F − C of the union of closed voxel cubes (a vertex, edge or face
 * counts where any voxel next to it is foreground); with 6-connected foreground it is the number of voxels −
 * pairs that share a face + full 2×2 squares − full 2×2×2 cubes. Equals scikit-image's `euler_number`.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function eulerNumber(mask: Uint8Array, dims: Vec3, connectivity: 6 | 26): number {
  checkVoxels(mask, dims);
  const layout = bitLayout(dims, 'x');
  return withKernels(
    (kernels) => eulerCompiled(kernels, planesOfMask(kernels, mask, layout), connectivity),
    () => eulerPlain(packBitsPlain(mask, layout), connectivity),
  );
}

/** {@link eulerNumber} of a mask that is packed already, along either axis. */
export const eulerOfBits = (volume: BitVolume, connectivity: 6 | 26): number =>
  withKernels(
    (kernels) => eulerCompiled(kernels, planesOfBits(kernels, volume), connectivity),
    () => eulerPlain(volume, connectivity),
  );
