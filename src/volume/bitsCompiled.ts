import type { Kernels } from '../wasm/kernels';
import type { BitLayout, BitVolume } from './bits';
import { packPlaced, putBits, takeBits, transposePlaced } from './placedBits';

/** `packBits`: along x, then turned where the layout is along z. */
export function packBitsCompiled(
  kernels: Kernels,
  mask: Uint8Array,
  alongX: BitLayout,
  layout: BitLayout = alongX,
): BitVolume {
  const packed = packPlaced(kernels, mask, alongX);
  const isTurned = layout.axis !== alongX.axis;
  return takeBits(kernels, isTurned ? transposePlaced(kernels, packed, layout) : packed);
}

export const transposeBitsCompiled = (
  kernels: Kernels,
  from: BitVolume,
  layout: BitLayout,
): BitVolume => takeBits(kernels, transposePlaced(kernels, putBits(kernels, from), layout));

export const countBothCompiled = (kernels: Kernels, a: Int32Array, b: Int32Array): number =>
  kernels.run.countBoth(kernels.put(a), kernels.put(b), a.byteLength);
