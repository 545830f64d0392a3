import { InputError } from '../../volume/errors';
import type { SegmentDescription } from '../types';

/** How the pixels of a SEG are stored. */
export type SegKind = 'LABELMAP' | 'BINARY';

/** One frame that is written. */
export interface SegFrame {
  /** Slice of the grid. */
  readonly k: number;
  /** Segment Number; absent in a label map. */
  readonly segment?: number;
  /** Ranks of the segment (unless label map) and of the position among those written, from 1. */
  readonly dimensionIndex: readonly number[];
}

/** For each slice, which values it holds: present[k][value] is 1. */
function presentValues(labelmap: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: labelmap.length / size }, (_, k) => {
    const present = new Uint8Array(256);
    for (let i = k * size; i < (k + 1) * size; i++) present[labelmap[i]!] = 1;
    return present;
  });
}

/**
 * The frames of a SEG: slices without voxels are left out, those of a BINARY object per segment. Frames are sorted
 * by their dimension indices, which are ranks from 1 without gaps (PS3.3 C.7.6.17).
 *
 * @param labelmap values as the segments' numbers, x fastest
 * @param size pixels of a slice
 * @throws InputError `seg.undescribed-value`, `seg.empty`
 */
export function planFrames(
  labelmap: Uint8Array,
  size: number,
  segments: readonly SegmentDescription[],
  kind: SegKind,
): SegFrame[] {
  const present = presentValues(labelmap, size);
  const numbers = segments.map(({ number }) => number);
  const found = [
    ...new Set(present.flatMap((values) => [...values.keys()].filter((v) => v > 0 && values[v]))),
  ];
  const undescribed = found.find((value) => !numbers.includes(value));
  if (undescribed !== undefined)
    throw new InputError(
      'seg.undescribed-value',
      `The mask holds the value ${undescribed}, but no segment has that number; describe it or clear those voxels.`,
    );
  if (found.length === 0)
    throw new InputError(
      'seg.empty',
      'The mask is empty, so there is nothing to store; run the segmentation or draw vessels first.',
    );
  const slices = [...present.keys()].filter((k) => found.some((value) => present[k]![value]));
  const rank = new Map(slices.map((k, i) => [k, i + 1]));
  if (kind === 'LABELMAP') return slices.map((k) => ({ k, dimensionIndex: [rank.get(k)!] }));
  return found
    .sort((a, b) => a - b)
    .flatMap((segment, i) =>
      slices
        .filter((k) => present[k]![segment])
        .map((k) => ({ k, segment, dimensionIndex: [i + 1, rank.get(k)!] })),
    );
}

/** Whether frames are one unbroken stack: one per position, no slice left out. */
export const isStack = (frames: readonly SegFrame[]): boolean =>
  frames.every(({ k }, i) => k === frames[0]!.k + i);
