import { unzipSync } from 'fflate';
import type { Vec3 } from '@vessels/volume/geometry';

/** An array of a NumPy file in C order; the last axis varies fastest. */
export interface NpyArray {
  readonly data: Uint8Array | Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

const TYPES = {
  '|u1': Uint8Array,
  '|b1': Uint8Array,
  '<f4': Float32Array,
  '<i8': BigInt64Array,
} as const;

/** Read a .npy file (C order, uint8, bool, float32 or int64). */
export function readNpy(file: Uint8Array): NpyArray {
  const view = new DataView(file.buffer, file.byteOffset);
  const wide = file[6] >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = Buffer.from(file.subarray(start, end)).toString('latin1');
  const type = /'descr': '([^']+)'/.exec(header)![1] as keyof typeof TYPES;
  if (!TYPES[type] || header.includes("'fortran_order': True"))
    throw new Error(`NumPy array of another kind: ${header}`);
  const shape = /'shape': \(([^)]*)\)/.exec(header)![1];
  return {
    data: new TYPES[type](Uint8Array.from(file.subarray(end)).buffer),
    shape: shape
      .split(',')
      .filter((n) => n.trim() !== '')
      .map(Number),
  };
}

/** Read a .npz file: its arrays by name. */
export function readNpz(file: Uint8Array): Record<string, NpyArray> {
  return Object.fromEntries(
    Object.entries(unzipSync(file)).map(([name, bytes]) => [
      name.replace(/\.npy$/, ''),
      readNpy(bytes),
    ]),
  );
}

/** Bits as `numpy.packbits` makes them (highest bit first) as 0 and 1. */
export const unpackNumpyBits = (packed: Uint8Array, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (packed[i >> 3] >> (7 - (i & 7))) & 1);

/**
 * A C-order array of shape [n0, n1, n2] as an x-fastest volume whose x is axis 0: the voxel (i, j, k) of the
 * result is the array's element [i, j, k].
 */
export function fromCOrder(
  values: ArrayLike<number>,
  [n0, n1, n2]: Vec3,
): { mask: Uint8Array; dims: Vec3 } {
  const mask = new Uint8Array(n0 * n1 * n2);
  for (let i = 0, at = 0; i < n0; i++)
    for (let j = 0; j < n1; j++)
      for (let k = 0; k < n2; k++, at++) mask[i + n0 * (j + n1 * k)] = values[at] ? 1 : 0;
  return { mask, dims: [n0, n1, n2] };
}
