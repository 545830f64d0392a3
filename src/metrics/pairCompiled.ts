import { thinPlaced } from '../skeleton/thinningCompiled';
import type { ThinningMode } from '../skeleton/thinningRules';
import { bettiCompiled } from '../topology/bettiCompiled';
import { planesOfPlaced } from '../topology/planes';
import type { BitLayout } from '../volume/bits';
import { packPlaced, takeBits, transposePlaced } from '../volume/placedBits';
import type { Kernels } from '../wasm/kernels';
import type { MaskTopology } from './pair';

/** `topologyOf`: all steps in the kernels' memory. */
export function topologyCompiled(
  kernels: Kernels,
  mask: Uint8Array,
  alongX: BitLayout,
  alongZ: BitLayout,
  mode: ThinningMode,
): MaskTopology {
  const packed = packPlaced(kernels, mask, alongX);
  const betti = kernels.during(() => bettiCompiled(kernels, planesOfPlaced(kernels, packed)));
  const turned = transposePlaced(kernels, packed, alongZ);
  const bits = takeBits(kernels, turned);
  return { mask: bits, skeleton: takeBits(kernels, thinPlaced(kernels, turned, mode)), betti };
}
