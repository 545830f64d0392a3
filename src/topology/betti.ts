import { packBits } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import { countCavities } from './cavities';
import { eulerOfBits } from './euler';
import { joinRuns } from './joinRuns';
import { runsOf } from './runs';

export { eulerNumber } from './euler';

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
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function bettiNumbers(mask: Uint8Array, dims: Vec3): Betti {
  const bits = packBits(mask, dims);
  const runs = runsOf(bits);
  const b0 = joinRuns(runs, bits.rowsPerPlane, 26).sets;
  const b2 = countCavities(runs, bits.rowsPerPlane);
  return { b0, b1: b0 + b2 - eulerOfBits(bits, 26), b2 };
}
