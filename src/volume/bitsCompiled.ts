import type { Kernels } from '../wasm/kernels';
import type { BitLayout, BitVolume } from './bits';

/** `packBits` along x, plane by plane: the whole mask of bytes never lies in the kernels' memory. */
export function packBitsCompiled(kernels: Kernels, mask: Uint8Array, layout: BitLayout): BitVolume {
  const { dims, rowWords, rowsPerPlane, rowCount } = layout;
  const [nx, ny, nz] = dims;
  const bytes = kernels.scratch(nx * ny);
  const words = kernels.zeros(4 * rowCount * rowWords);
  const occupied = kernels.zeros(rowCount);
  let count = 0;
  for (let z = 0; z < nz; z++) {
    kernels.write(bytes, mask.subarray(z * nx * ny, (z + 1) * nx * ny));
    const row = (z + 1) * rowsPerPlane;
    count += kernels.run.packPlane(
      bytes,
      nx,
      ny,
      words + 4 * row * rowWords,
      4 * rowWords,
      occupied + row,
    );
  }
  return {
    ...layout,
    words: kernels.take(words, rowCount * rowWords, Int32Array),
    occupied: kernels.take(occupied, rowCount, Uint8Array),
    count,
  };
}

/** `transposeBits` by blocks of 64×64 bits. */
export function transposeBitsCompiled(
  kernels: Kernels,
  from: BitVolume,
  layout: BitLayout,
): BitVolume {
  const { rowWords, rowsPerPlane, rowCount } = layout;
  const source = kernels.put(from.words);
  const words = kernels.zeros(4 * rowCount * rowWords);
  const occupied = kernels.zeros(rowCount);
  kernels.run.transposePlanes(
    source,
    words,
    rowsPerPlane,
    from.rowCount / rowsPerPlane,
    4 * from.rowWords,
    rowCount / rowsPerPlane,
    4 * rowWords,
    occupied,
    kernels.scratch(512),
  );
  return {
    ...layout,
    words: kernels.take(words, rowCount * rowWords, Int32Array),
    occupied: kernels.take(occupied, rowCount, Uint8Array),
    count: from.count,
  };
}

export const countBothCompiled = (kernels: Kernels, a: Int32Array, b: Int32Array): number =>
  kernels.run.countBoth(kernels.put(a), kernels.put(b), a.byteLength);
