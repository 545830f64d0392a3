import type { Vec3 } from '@vessels/volume/geometry';
import { readData } from './data';
import type { Drawn } from './draw';
import { fromCOrder, readNpz, unpackNumpyBits } from './npy';

/** A real mask with its scikit-image Lee skeleton; axis 0 of the stored array is our x. */
export function oracleMask(name: string): Drawn & { readonly skeleton: Uint8Array } {
  const { mask, skel, shape } = readNpz(readData(`oracle/${name}.npz`));
  const dims = Array.from(shape.data, Number) as unknown as Vec3;
  const unpack = (packed: typeof mask) =>
    fromCOrder(unpackNumpyBits(packed.data as Uint8Array, dims[0] * dims[1] * dims[2]), dims);
  return { ...unpack(mask), skeleton: unpack(skel).mask };
}
