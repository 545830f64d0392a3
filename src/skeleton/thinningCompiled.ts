import { unpackBits, type BitLayout, type BitVolume } from '../volume/bits';
import {
  packPlaced,
  putBits,
  takeBits,
  transposePlaced,
  viewBits,
  type PlacedBits,
} from '../volume/placedBits';
import type { Kernels } from '../wasm/kernels';
import { RULES, SIDES, sidesOf, type ThinningMode } from './thinningRules';

/** Planes whose candidates a sub-pass keeps. */
const PLANES_KEPT = 4;
const FIELDS_OF_PLANE = 4;

/**
 * Thin a volume that is packed along z, in place.
 *
 * @param maxLists memory (bytes) that the lists of six sub-passes under way may take; where they need more, one
 *   sub-pass ends before the next begins
 */
export function thinPlaced(
  kernels: Kernels,
  placed: PlacedBits,
  mode: ThinningMode,
  maxLists = 2 ** 25,
): PlacedBits {
  const { dims, rowWords, rowsPerPlane, rowCount, words, occupied } = placed;
  const rules = RULES[mode];
  const count = kernels.during(() => {
    const pending = kernels.zeros(4 * rowCount * rowWords);
    const waiting = kernels.zeros(rowCount);
    const most = kernels.run.startThinning(
      words,
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
    return kernels.run.thin(sides, together, rules.inFields, capacity, scratch);
  });
  return { ...placed, count };
}

/** `skeletonOfBits`. */
export function thinCompiled(
  kernels: Kernels,
  volume: BitVolume,
  alongZ: BitLayout,
  mode: ThinningMode,
  maxLists?: number,
): BitVolume {
  const placed = putBits(kernels, volume);
  const turned = volume.axis === 'z' ? placed : transposePlaced(kernels, placed, alongZ);
  return takeBits(kernels, thinPlaced(kernels, turned, mode, maxLists));
}

/** `skeletonize`: all steps in the kernels' memory. */
export function skeletonizeCompiled(
  kernels: Kernels,
  mask: Uint8Array,
  alongX: BitLayout,
  alongZ: BitLayout,
  mode: ThinningMode,
): Uint8Array {
  const packed = packPlaced(kernels, mask, alongX);
  const skeleton = thinPlaced(kernels, transposePlaced(kernels, packed, alongZ), mode);
  return unpackBits(viewBits(kernels, transposePlaced(kernels, skeleton, alongX)));
}
