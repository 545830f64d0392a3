import { type Geometry, voxelCount } from '../../../volume/geometry';
import { tagName } from '../../tags';
import type { NaturalDataset, SegmentDescription } from '../../types';
import { openSeg } from './openSeg';
import { placeSeg } from './placedSeg';
import { refusal } from './refusal';

/** A SEG on the grid of a series. */
export interface SegMask {
  /** 0 is background, other values are the numbers of segments; x fastest. */
  readonly labelmap: Uint8Array;
  readonly segments: readonly SegmentDescription[];
  /** Sentences for the user: frames left out, resampling, overlap. */
  readonly notes: readonly string[];
}

/** Largest value of the labelmap. */
const MAX_VALUE = 255;

/**
 * Read a SEG as one labelmap on the grid of a series: BINARY, LABELMAP (8 or 16 bits) or FRACTIONAL, native, RLE or
 * deflated.
 *
 * Each frame is placed by its Image Position (Patient), whatever its order, or without one by the image that it refers
 * to; slices without a frame are background. A SEG of another grid in the same frame of reference is resampled to the
 * nearest voxel, with a note. Where segments overlap, the later frame wins, with a note: the union of all segments is
 * right but not each of them (`placeSeg` gives each). FRACTIONAL values count from half of Maximum Fractional Value
 * (0062,000E) on. Segment Numbers are kept where all are 1..255, else the segments are numbered from 1.
 *
 * @param file Part 10 file
 * @param sources data set of the image of each slice, in the order of the geometry; for frames without a position
 * @throws DicomError those of `openSeg` and `placeSeg`
 */
export function readSeg(
  file: ArrayBuffer | Uint8Array,
  geometry: Geometry,
  sources?: readonly NaturalDataset[],
): SegMask {
  const seg = openSeg(file);
  const placed = placeSeg(seg, { geometry, ...(sources && { sources }) });
  const { segments } = seg;
  if (segments.length > MAX_VALUE)
    throw refusal(
      'seg.segments',
      'SegmentSequence',
      'PS3.3 C.8.20.2',
      `${tagName('SegmentSequence')} of the SEG describes ${segments.length} segments, but a mask can hold ${MAX_VALUE}`,
    );
  const keep = segments.every(({ number }) => number >= 1 && number <= MAX_VALUE);
  const values = new Map(segments.map(({ number }, i) => [number, keep ? number : i + 1]));
  const labelmap = new Uint8Array(voxelCount(geometry));
  const replaced = placed.paint(labelmap, (number) => values.get(number)!);
  const note = `Segments of the SEG overlap in ${replaced} voxels; the later one is shown there.`;
  return {
    labelmap,
    segments: segments.map((segment) => ({ ...segment, number: values.get(segment.number)! })),
    notes: replaced > 0 ? [...placed.notes, note] : placed.notes,
  };
}
