import { type Geometry, voxelCount } from '../../../volume/geometry';
import { tagName } from '../../tags';
import type { SegmentDescription } from '../../types';
import type { Seg } from './openSeg';
import { type Cover, placeFrames, type Target } from './placement';
import { refusal } from './refusal';
import { HALFWAY, type Slab } from './slabs';

/** A SEG on the grid of a series. Arrays have the voxels of the grid, x fastest. */
export interface PlacedSeg {
  readonly geometry: Geometry;
  /** Numbered as in the file. */
  readonly segments: readonly SegmentDescription[];
  /** Sentences for the user: frames left out, resampling. */
  readonly notes: readonly string[];
  /** 1 where a segment is; of a FRACTIONAL object, where it is at least one half. */
  mask(segment: number): Uint8Array;
  /** Share or probability of a segment, 0..1. */
  probability(segment: number): Float32Array;
  /**
   * Put a value for each segment into an array of the grid. Where segments overlap, the later frame wins.
   *
   * @param valueOf the value of a segment
   * @returns voxels in which one segment replaced another
   */
  paint(out: Uint8Array | Uint16Array, valueOf: (segment: number) => number): number;
}

/** A pixel value that the Segment Sequence does not describe. */
const UNDESCRIBED = -1;

/** What the pixel values of a frame become; 0 for background. */
type Table = Int32Array;

const undescribed = (frame: number, value: number | undefined) =>
  refusal(
    'seg.segment',
    'ReferencedSegmentNumber',
    'PS3.3 C.8.20.2.3',
    `Frame ${frame + 1} of the SEG ${value === undefined ? 'has no' : 'uses'} ${tagName('ReferencedSegmentNumber')}${value === undefined ? '' : ` or the value ${value}, which ${tagName('SegmentSequence')} does not describe`}`,
  );

/** Tables by frame: those of a label map are one, others depend on the frame's segment. */
function tablesOf(seg: Seg, bits: number, valueOf: (segment: number) => number) {
  const numbers = new Set(seg.segments.map(({ number }) => number));
  const known = new Map<number, Table>();
  const labels = (pixel: number) =>
    seg.background.has(pixel) ? 0 : numbers.has(pixel) ? valueOf(pixel) : UNDESCRIBED;
  return (frame: number): Table => {
    const { segment = UNDESCRIBED } = seg.type === 'LABELMAP' ? {} : seg.frames[frame]!;
    let table = known.get(segment);
    if (table) return table;
    if (seg.type !== 'LABELMAP' && !numbers.has(segment))
      throw undescribed(frame, seg.frames[frame]!.segment);
    const least = seg.type === 'FRACTIONAL' ? seg.maxFraction / 2 : 1;
    const inSegment = (pixel: number) => (pixel >= least ? valueOf(segment) : 0);
    table = Int32Array.from({ length: 2 ** bits }, (_, pixel) =>
      seg.type === 'LABELMAP' ? labels(pixel) : inSegment(pixel),
    );
    known.set(segment, table);
    return table;
  };
}

/** Each voxel that a frame covers, with the pixel that is nearest. @param skipZero pixels of 0 need not be visited */
function eachVoxel(
  seg: Seg,
  frame: number,
  cover: Cover,
  slab: Slab | undefined,
  skipZero: boolean,
  put: (voxel: number, pixel: number) => void,
): void {
  const { columns } = seg;
  if ('slice' in cover) {
    const start = cover.slice * columns * seg.rows;
    if (skipZero) seg.eachPixel(frame, (place, pixel) => put(start + place, pixel));
    else seg.pixels(frame).forEach((pixel, place) => put(start + place, pixel));
    return;
  }
  const pixels = seg.pixels(frame);
  const { voxels, u, v } = slab!;
  for (let n = 0; n < voxels.length; n++) {
    const column = Math.floor(u[n]! + 0.5 + HALFWAY);
    const row = Math.floor(v[n]! + 0.5 + HALFWAY);
    put(voxels[n]!, pixels[column + columns * row]!);
  }
}

/** Blend a frame into the voxels around it: linear between pixels and between slices, nothing beyond them. */
function blend(
  { voxels, u, v, w }: Slab,
  columns: number,
  rows: number,
  valueAt: (pixel: number) => number,
  out: Float32Array,
): void {
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= columns || row >= rows ? 0 : valueAt(column + columns * row);
  for (let n = 0; n < voxels.length; n++) {
    const [column, row] = [Math.floor(u[n]!), Math.floor(v[n]!)];
    const [a, b] = [u[n]! - column, v[n]! - row];
    const upper = (1 - a) * at(column, row) + a * at(column + 1, row);
    const lower = (1 - a) * at(column, row + 1) + a * at(column + 1, row + 1);
    out[voxels[n]!]! += Math.max(0, 1 - Math.abs(w[n]!)) * ((1 - b) * upper + b * lower);
  }
}

/**
 * Read a SEG onto the grid of a series.
 *
 * @throws DicomError those of {@link placeFrames}; when voxels are read also `seg.segment`, `seg.pixel-data`, `seg.rle`
 */
export function placeSeg(seg: Seg, target: Target): PlacedSeg {
  const { covers, notes } = placeFrames(seg, target);
  const { geometry } = target;
  const { rows, columns } = seg;

  /** Visit the frames of a segment, or all; the slab of a plane is made once for its frames. */
  const visit = (
    segment: number | undefined,
    slabOf: (cover: Exclude<Cover, { slice: number }>) => Slab,
    work: (frame: number, cover: Cover, slab: Slab | undefined) => void,
  ) => {
    for (const cover of covers) {
      const frames = cover.frames.filter(
        (f) =>
          segment === undefined || seg.type === 'LABELMAP' || seg.frames[f]!.segment === segment,
      );
      const slab = 'slice' in cover || frames.length === 0 ? undefined : slabOf(cover);
      for (const frame of frames) work(frame, cover, slab);
    }
  };

  const paintSegment = (
    out: Uint8Array | Uint16Array,
    valueOf: (segment: number) => number,
    segment?: number,
  ): number => {
    const tableOf = tablesOf(seg, seg.bits === 16 ? 16 : 8, valueOf);
    let replaced = 0;
    visit(
      segment,
      (cover) => cover.nearest(),
      (frame, cover, slab) => {
        const table = tableOf(frame);
        eachVoxel(seg, frame, cover, slab, table[0] === 0, (voxel, pixel) => {
          const value = table[pixel]!;
          if (value === 0) return;
          if (value === UNDESCRIBED) throw undescribed(frame, pixel);
          if (out[voxel] !== 0 && out[voxel] !== value) replaced++;
          out[voxel] = value;
        });
      },
    );
    return replaced;
  };

  return {
    geometry,
    segments: seg.segments,
    notes,
    paint: (out, valueOf) => paintSegment(out, valueOf),
    mask(segment) {
      const out = new Uint8Array(voxelCount(geometry));
      paintSegment(out, (number) => (number === segment ? 1 : 0), segment);
      return out;
    },
    probability(segment) {
      const out = new Float32Array(voxelCount(geometry));
      const shares = Float32Array.from(
        { length: seg.bits === 16 ? 2 ** 16 : 2 ** 8 },
        (_, pixel) =>
          seg.type === 'LABELMAP'
            ? Number(pixel === segment)
            : Math.min(1, pixel / seg.maxFraction),
      );
      visit(
        segment,
        (cover) => cover.linear(),
        (frame, cover, slab) => {
          const pixels = seg.pixels(frame);
          if (!('slice' in cover)) {
            blend(slab!, columns, rows, (i) => shares[pixels[i]!]!, out);
            return;
          }
          const start = cover.slice * pixels.length;
          for (let i = 0; i < pixels.length; i++) {
            const share = shares[pixels[i]!]!;
            if (share !== 0) out[start + i] = share;
          }
        },
      );
      return out;
    },
  };
}
