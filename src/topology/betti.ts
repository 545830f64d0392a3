import { bitLayout, type BitVolume } from '../volume/bits';
import { packBitsPlain } from '../volume/bitsPlain';
import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { bettiCompiled } from './bettiCompiled';
import { bettiPlain } from './bettiPlain';
import { planesOfBits, planesOfMask } from './planes';

export { eulerNumber, eulerOfBits } from './euler';

/** Betti numbers of a mask: foreground 26-connected, background 6-connected. */
export interface Betti {
  /** Components (26-connected). */
  readonly b0: number;
  /** Loops. */
  readonly b1: number;
  /** Cavities (6-connected background not joined to the outside). */
  readonly b2: number;
}

/**
 * Betti numbers of a mask, foreground 26-connected, background 6-connected, outside of the volume background:
 * components and cavities by union-find over runs, loops from the Euler characteristic (b1 = b0 + b2 − χ).
 * The same convention as gudhi's cubical complex on top-dimensional cells and TopCoW's b0.
 *
 * One pass; memory for two packed planes and their runs only.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function bettiNumbers(mask: Uint8Array, dims: Vec3): Betti {
  checkVoxels(mask, dims);
  const layout = bitLayout(dims, 'x');
  return withKernels(
    (kernels) => bettiCompiled(kernels, planesOfMask(kernels, mask, layout)),
    () => bettiPlain(packBitsPlain(mask, layout)),
  );
}

/** {@link bettiNumbers} of a mask that is packed already, along either axis. */
export const bettiOfBits = (volume: BitVolume): Betti =>
  withKernels(
    (kernels) => bettiCompiled(kernels, planesOfBits(kernels, volume)),
    () => bettiPlain(volume),
  );
