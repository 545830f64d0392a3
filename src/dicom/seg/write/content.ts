import { InputError } from '../../../volume/errors';
import type { SegmentDescription } from '../../types';
import { scanner } from '../scan';
import type { SegContent } from './request';

/** Maximum Fractional Value (0062,000E) that we write. */
export const MAX_FRACTION = 255;

/** How far a probability may lie outside 0..1 by rounding. */
const ROUNDING = 1e-4;

/** For each segment's number, which slices hold voxels of it: 1 where they do. */
export type Presence = ReadonlyMap<number, Uint8Array>;

function inLabelmap(
  labelmap: Uint8Array | Uint16Array,
  size: number,
  segments: readonly SegmentDescription[],
): Presence {
  const slices = labelmap.length / size;
  const presence = new Map(segments.map(({ number }) => [number, new Uint8Array(slices)]));
  const seen = new Uint8Array(2 ** (8 * labelmap.BYTES_PER_ELEMENT));
  const next = scanner(labelmap);
  for (let k = 0; k < slices; k++) {
    const end = (k + 1) * size;
    seen.fill(0);
    for (let i = next(k * size, end); i < end; i = next(i + 1, end)) seen[labelmap[i]!] = 1;
    for (let value = seen.indexOf(1, 1); value > 0; value = seen.indexOf(1, value + 1)) {
      const inSlices = presence.get(value);
      if (!inSlices)
        throw new InputError(
          'seg.undescribed-value',
          `The mask holds the value ${value}, but no segment has that number; describe it or clear those voxels.`,
        );
      inSlices[k] = 1;
    }
  }
  return presence;
}

/** Which slices of a mask hold a voxel of at least `least`. */
function inMask(mask: ArrayLike<number>, size: number, least: number): Uint8Array {
  return Uint8Array.from({ length: mask.length / size }, (_, k) => {
    for (let i = k * size; i < (k + 1) * size; i++) if (mask[i]! >= least) return 1;
    return 0;
  });
}

function checkProbabilities(map: Float32Array, { number }: SegmentDescription): void {
  for (let i = 0; i < map.length; i++)
    // not "less than": what is no number must fail too
    if (!(map[i]! >= -ROUNDING && map[i]! <= 1 + ROUNDING))
      throw new InputError(
        'seg.probability',
        `The probability of segment ${number} is ${map[i]} at voxel ${i}, but must lie between 0 and 1; give the model's output after its last activation.`,
      );
}

/**
 * Where the segments have voxels.
 *
 * @param size pixels of a slice
 * @throws InputError `seg.undescribed-value`, `seg.probability`
 */
export function presenceOf(
  content: SegContent,
  segments: readonly SegmentDescription[],
  size: number,
): Presence {
  if ('labelmap' in content) return inLabelmap(content.labelmap, size, segments);
  if ('masks' in content)
    return new Map(segments.map(({ number }, i) => [number, inMask(content.masks[i]!, size, 1)]));
  return new Map(
    segments.map((segment, i) => {
      const map = content.probabilities[i]!;
      if (map instanceof Uint8Array) return [segment.number, inMask(map, size, 1)];
      checkProbabilities(map, segment);
      return [segment.number, inMask(map, size, 0.5 / MAX_FRACTION)];
    }),
  );
}

/** The stored values 0..255 of one slice of a probability map. */
export function fractionsOf(
  map: Uint8Array | Float32Array,
  start: number,
  size: number,
): Uint8Array {
  const slice = map.subarray(start, start + size);
  if (slice instanceof Uint8Array) return slice;
  const fractions = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const value = MAX_FRACTION * slice[i]! + 0.5;
    fractions[i] = value < 0 ? 0 : value > MAX_FRACTION ? MAX_FRACTION : value;
  }
  return fractions;
}

/** Whether two segments share a voxel; a labelmap's never do. */
export function segmentsOverlap(content: SegContent, size: number): boolean {
  if ('labelmap' in content) return false;
  const [masks, least] =
    'masks' in content
      ? [content.masks, () => 1]
      : [
          content.probabilities,
          (map: ArrayLike<number>) => (map instanceof Uint8Array ? 1 : 0.5 / MAX_FRACTION),
        ];
  const taken = new Uint8Array(size);
  for (let start = 0; start < masks[0]!.length; start += size) {
    taken.fill(0);
    for (const mask of masks) {
      const threshold = least(mask);
      for (let i = 0; i < size; i++)
        if (mask[start + i]! >= threshold && taken[i]++ > 0) return true;
    }
  }
  return false;
}
