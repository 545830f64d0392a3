import type { BitVolume } from '../volume/bits';
import type { Kernels } from '../wasm/kernels';
import { RULES, SIDES, sidesOf, type ThinningMode } from './thinningRules';

/** Planes whose candidates a sub-pass keeps. */
const PLANES_KEPT = 4;
const FIELDS_OF_PLANE = 4;

/**
 * `skeletonOfBits` for a volume packed along z.
 *
 * @param maxLists memory (bytes) that the lists of six sub-passes under way may take; where they need more, one
 *   sub-pass ends before the next begins
 */
export function thinCompiled(
  kernels: Kernels,
  volume: BitVolume,
  mode: ThinningMode,
  maxLists = 2 ** 25,
): BitVolume {
  const { dims, words, rowWords, rowsPerPlane, rowCount } = volume;
  const rules = RULES[mode];
  const mask = kernels.put(words);
  const occupied = kernels.put(volume.occupied);
  const pending = kernels.zeros(words.byteLength);
  const waiting = kernels.zeros(rowCount);
  const most = kernels.run.startThinning(
    mask,
    pending,
    waiting,
    occupied,
    rowCount,
    rowsPerPlane,
    4 * rowWords,
  );

  const sides = sidesOf(dims, rules).reduce((bits, side) => bits | (1 << SIDES.indexOf(side)), 0);
  const field = Math.ceil(dims[1] / 2) * Math.ceil((dims[2] + 1) / 2);
  const capacity = rules.inFields ? Math.min(most, field) : most;
  const ofSubPass = PLANES_KEPT * (rules.inFields ? FIELDS_OF_PLANE : 1) * (4 * capacity + 64);
  const together = SIDES.length * ofSubPass <= maxLists;
  const scratch = kernels.scratch(
    512 + // lengths of the lists
      2 * rowsPerPlane * rowWords + // words of a plane that wait
      (4 * most + 128) + // candidates of a plane
      (together ? SIDES.length : 1) * ofSubPass,
  );
  const count = kernels.run.thin(sides, together, rules.inFields, capacity, scratch);
  return {
    ...volume,
    words: kernels.take(mask, words.length, Int32Array),
    occupied: kernels.take(occupied, rowCount, Uint8Array),
    count,
  };
}
