import type { Kernels } from '../wasm/kernels';
import type { BitLayout, BitVolume } from './bits';

/**
 * A packed mask in the kernels' memory: a BitVolume with addresses for its arrays. Steps that follow each other pass
 * it on, so that nothing is copied between them. It is gone when its `withKernels` ends.
 */
export interface PlacedBits extends BitLayout {
  readonly words: number;
  readonly occupied: number;
  readonly count: number;
}

export const putBits = (kernels: Kernels, volume: BitVolume): PlacedBits => ({
  ...volume,
  words: kernels.put(volume.words),
  occupied: kernels.put(volume.occupied),
});

/** A copy. */
export const takeBits = (kernels: Kernels, placed: PlacedBits): BitVolume => ({
  ...placed,
  words: kernels.take(placed.words, placed.rowCount * placed.rowWords, Int32Array),
  occupied: kernels.take(placed.occupied, placed.rowCount, Uint8Array),
});

/** The mask where it lies, until the kernels' memory grows. */
export const viewBits = (kernels: Kernels, placed: PlacedBits): BitVolume => ({
  ...placed,
  words: kernels.view(placed.words, placed.rowCount * placed.rowWords, Int32Array),
  occupied: kernels.view(placed.occupied, placed.rowCount, Uint8Array),
});

/** `packBits` along x, plane by plane: the whole mask of bytes never lies in the kernels' memory. */
export function packPlaced(kernels: Kernels, mask: Uint8Array, layout: BitLayout): PlacedBits {
  const { dims, rowWords, rowsPerPlane, rowCount } = layout;
  const [nx, ny, nz] = dims;
  const words = kernels.zeros(4 * rowCount * rowWords);
  const occupied = kernels.zeros(rowCount);
  const count = kernels.during(() => {
    const bytes = kernels.scratch(nx * ny);
    let sum = 0;
    for (let z = 0; z < nz; z++) {
      kernels.write(bytes, mask.subarray(z * nx * ny, (z + 1) * nx * ny));
      const row = (z + 1) * rowsPerPlane;
      const target = words + 4 * row * rowWords;
      sum += kernels.run.packPlane(bytes, nx, ny, target, 4 * rowWords, occupied + row, 1);
    }
    return sum;
  });
  return { ...layout, words, occupied, count };
}

/** `transposeBits` by blocks of 64×64 bits. */
export function transposePlaced(kernels: Kernels, from: PlacedBits, layout: BitLayout): PlacedBits {
  const { rowWords, rowsPerPlane, rowCount } = layout;
  const words = kernels.zeros(4 * rowCount * rowWords);
  const occupied = kernels.zeros(rowCount);
  kernels.during(() =>
    kernels.run.transposePlanes(
      from.words,
      words,
      rowsPerPlane,
      from.rowCount / rowsPerPlane,
      4 * from.rowWords,
      rowCount / rowsPerPlane,
      4 * rowWords,
      occupied,
      kernels.scratch(512),
    ),
  );
  return { ...layout, words, occupied, count: from.count };
}
