import type { BitVolume } from '../volume/bits';
import type { Kernels } from '../wasm/kernels';
import type { Ordered } from './orderedPlain';

/** `thinByScore` for packed masks. */
export function thinOrderedCompiled(
  kernels: Kernels,
  { volume, ranks, levels, keepEnds }: Ordered,
): BitVolume {
  const { words, rowWords, rowsPerPlane, rowCount, count } = volume;
  const mask = kernels.put(words);
  const occupied = kernels.put(volume.occupied);
  const left = kernels.run.thinOrdered(
    mask,
    kernels.put(words),
    occupied,
    rowCount,
    rowsPerPlane,
    4 * rowWords,
    kernels.scratch(2 * words.length), // number of the first voxel of each pair of words
    count,
    kernels.scratch(4 * count), // bits of the voxels
    kernels.put(ranks),
    kernels.scratch(4 * count), // who waits behind each
    levels,
    kernels.scratch(8 * levels), // first and last that wait
    kernels.zeros(Math.ceil(levels / 7) + 64), // a tree of bits over the ranks where someone waits
    keepEnds,
  );
  return {
    ...volume,
    words: kernels.take(mask, words.length, Int32Array),
    occupied: kernels.take(occupied, rowCount, Uint8Array),
    count: left,
  };
}
