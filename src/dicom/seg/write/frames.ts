import type { SegmentDescription } from '../../types';
import type { Presence } from './content';
import type { SegKind } from './request';

/** One frame that is written. */
export interface SegFrame {
  /** Slice of the grid. */
  readonly k: number;
  /** Segment Number; absent in a label map. */
  readonly segment?: number;
  /** Ranks of the segment (unless label map) and of the position among those written, from 1. */
  readonly dimensionIndex: readonly number[];
}

/**
 * The frames of a SEG: slices without voxels are left out, those of a BINARY or FRACTIONAL object per segment. Frames
 * are sorted by their dimension indices, which are ranks from 1 without gaps (PS3.3 C.7.6.17). Where no segment has a
 * voxel, the first slice stands for all: an object must have a frame (PS3.3 C.7.6.6).
 */
export function planFrames(
  presence: Presence,
  segments: readonly SegmentDescription[],
  kind: SegKind,
): SegFrame[] {
  const used = segments
    .map(({ number }) => number)
    .filter((number) => presence.get(number)!.includes(1))
    .sort((a, b) => a - b);
  const first = segments[0]!.number;
  if (used.length === 0)
    return [
      kind === 'LABELMAP'
        ? { k: 0, dimensionIndex: [1] }
        : { k: 0, segment: first, dimensionIndex: [1, 1] },
    ];
  const slices = [...presence.get(first)!.keys()].filter((k) =>
    used.some((number) => presence.get(number)![k]),
  );
  const rank = new Map(slices.map((k, i) => [k, i + 1]));
  if (kind === 'LABELMAP') return slices.map((k) => ({ k, dimensionIndex: [rank.get(k)!] }));
  return used.flatMap((segment, i) =>
    slices
      .filter((k) => presence.get(segment)![k])
      .map((k) => ({ k, segment, dimensionIndex: [i + 1, rank.get(k)!] })),
  );
}

/** Whether frames are one unbroken stack: one per position, no slice left out. */
export const isStack = (frames: readonly SegFrame[]): boolean =>
  frames.every(({ k }, i) => k === frames[0]!.k + i);
