import { type Geometry, worldToIndex } from '../../../volume/geometry';
import { tagName } from '../../tags';
import { close, TOLERANCE } from '../../tolerance';
import type { NaturalDataset } from '../../types';
import { numberOf, numbersOf, textOf } from '../../values';
import type { FrameItem } from './frameItems';
import type { Seg } from './openSeg';
import { type Planes, segPlanes } from './planes';
import { refusal } from './refusal';
import { type Reach, type Slab, slabOf, touches } from './slabs';

/** The series onto whose grid a SEG is read. */
export interface Target {
  readonly geometry: Geometry;
  /**
   * Data set of the image of each slice, in the order of the geometry: a frame without a position is placed by the
   * image that it refers to, one at the very position of an image lies on its slice. The second lets a SEG be read onto
   * slices that are tilted or at unequal distances.
   */
  readonly sources?: readonly NaturalDataset[];
}

/** Frames and the voxels that they cover: a slice of the grid, or a slab of it with places between pixels. */
export type Cover = { readonly frames: readonly number[] } & (
  { readonly slice: number } | { readonly nearest: () => Slab; readonly linear: () => Slab }
);

/** Where the frames of a SEG lie on a grid. */
export interface Placement {
  readonly covers: readonly Cover[];
  /** Sentences about what was not as it should be. */
  readonly notes: readonly string[];
}

const CHOOSE = 'choose a SEG of this series';

const keyOf = (sopInstanceUID: unknown, frame: number | undefined) =>
  `${String(sopInstanceUID)} ${frame ?? ''}`;

/** The slice of each source image, by its SOP instance and frame. */
const slicesOfSources = (sources: readonly NaturalDataset[]): ReadonlyMap<string, number> =>
  new Map(
    sources.map((source, k) => [
      keyOf(textOf(source, 'SOPInstanceUID'), numberOf(source, 'ReferencedFrameNumber')),
      k,
    ]),
  );

/** The slice that all sources of a frame are, where they are one. */
function sliceOfSource(
  { sources }: FrameItem,
  slices: ReadonlyMap<string, number>,
): number | undefined {
  const found = new Set(
    sources.map(({ sopInstanceUID, frame }) => slices.get(keyOf(sopInstanceUID, frame))),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * The slice of the grid that a frame lies on, pixel on voxel; it may lie beyond the first or last one. None where its
 * slices lie at other distances: it then stands for more or less than a slice of the grid.
 */
function sliceOfPosition(
  { position, orientation, pixelSpacing, sliceSpacing }: FrameItem,
  geometry: Geometry,
): number | undefined {
  const { direction, spacing } = geometry;
  if (!position || !orientation || !close(orientation, direction, TOLERANCE.direction))
    return undefined;
  const [columnSpacing, rowSpacing, step] = spacing;
  const own = [...(pixelSpacing ?? [rowSpacing, columnSpacing]), sliceSpacing ?? step];
  const tolerance = TOLERANCE.spacing * Math.min(...spacing);
  if (!close(own, [rowSpacing, columnSpacing, step], tolerance)) return undefined;
  const index = worldToIndex(geometry, position);
  const k = Math.round(index[2]);
  return close(index, [0, 0, k], TOLERANCE.shift) ? k : undefined;
}

/** The slice whose image lies where a frame does, pixel on pixel. */
function sliceOfImage(
  { position, orientation, pixelSpacing }: FrameItem,
  { direction, spacing }: Geometry,
  positions: readonly (readonly number[] | undefined)[],
): number | undefined {
  const tolerance = TOLERANCE.shift * Math.min(...spacing);
  const isAlike =
    orientation !== undefined &&
    close(orientation, direction, TOLERANCE.direction) &&
    close(pixelSpacing ?? [], [spacing[1], spacing[0]], TOLERANCE.spacing * Math.min(...spacing));
  const slice = positions.findIndex(
    (at) => at !== undefined && position !== undefined && close(position, at, tolerance),
  );
  return isAlike && slice >= 0 ? slice : undefined;
}

const outside = () =>
  refusal(
    'seg.outside',
    'ImagePositionPatient',
    'PS3.3 C.7.6.16.2.3',
    `All frames of the SEG lie outside the series by ${tagName('ImagePositionPatient')}`,
    CHOOSE,
  );

const counted = (count: number, one: string, many: string) =>
  count === 1 ? one : `${count} ${many}`;

const leftOut = (count: number) =>
  `${counted(count, 'A frame of the SEG lies', 'frames of the SEG lie')} beyond the series by ${tagName('ImagePositionPatient')} and ${count === 1 ? 'is' : 'are'} left out.`;

/** Frames on slices, those beyond the grid left out. */
function onSlices(slices: readonly number[], depth: number, notes: readonly string[]): Placement {
  const covers = slices.flatMap((slice, f) =>
    slice >= 0 && slice < depth ? [{ slice, frames: [f] }] : [],
  );
  if (covers.length === 0) throw outside();
  const lost = slices.length - covers.length;
  return { covers, notes: lost > 0 ? [...notes, leftOut(lost)] : notes };
}

/** Frames that refer to another image than the one that they lie on. */
function contradiction(
  frames: readonly FrameItem[],
  slices: readonly number[],
  sources: ReadonlyMap<string, number>,
): string[] {
  const odd = frames.filter((frame, f) => {
    const said = sliceOfSource(frame, sources);
    return said !== undefined && said !== slices[f];
  }).length;
  if (odd === 0) return [];
  return [
    `${counted(odd, 'A frame of the SEG refers', 'frames of the SEG refer')} to another image than the one at ${tagName('ImagePositionPatient')}; the position counts.`,
  ];
}

/** How far each plane reaches: halfway to its neighbours, at most half a slice, or all the way when blending. */
function reaches({ planes, step }: Planes, share: 0.5 | 1): Reach[] {
  const gaps = planes.slice(1).map(({ height }, i) => height - planes[i]!.height);
  const isNext = (gap: number) => gap > TOLERANCE.position && gap <= 1.5 * step;
  const to = (gap = step) => share * (isNext(gap) ? gap : step);
  return planes.map((_, i) => ({ below: to(gaps[i - 1]), above: to(gaps[i]) }));
}

const millimetres = (spacing: readonly number[]) =>
  spacing.map((value) => Number(value.toFixed(3))).join(' × ');

/** Frames between the voxels of the grid: each plane covers a slab of it. */
function inSlabs(seg: Seg, geometry: Geometry): Placement {
  const planes = segPlanes(seg);
  const size = [seg.columns, seg.rows] as const;
  const [half, whole] = [reaches(planes, 0.5), reaches(planes, 1)];
  const covers = planes.planes.flatMap((plane, i) =>
    touches(geometry, planes, plane, half[i]!, size)
      ? [
          {
            frames: plane.frames,
            nearest: () => slabOf(geometry, planes, plane, half[i]!, size, 0.5),
            linear: () => slabOf(geometry, planes, plane, whole[i]!, size, 1),
          },
        ]
      : [],
  );
  if (covers.length === 0) throw outside();
  const own = [...planes.pixelSpacing, planes.step];
  const note = `The SEG lies on another grid than the series (${seg.columns} × ${seg.rows} pixels, ${millimetres(own)} mm; the series ${geometry.dims[0]} × ${geometry.dims[1]}, ${millimetres(geometry.spacing)} mm) and was resampled onto it.`;
  const lost = seg.frames.length - covers.reduce((sum, { frames }) => sum + frames.length, 0);
  return { covers, notes: lost > 0 ? [note, leftOut(lost)] : [note] };
}

/** Refuse a SEG of another frame of reference, or of none unless its frames can be placed by their sources. */
function checkFrameOfReference(seg: Seg, { geometry, sources }: Target): void {
  const { frameOfReferenceUID: uid } = seg;
  const expected = geometry.frameOfReferenceUID;
  if (uid ? !expected || uid === expected : sources) return;
  throw refusal(
    'seg.frame-of-reference',
    'FrameOfReferenceUID',
    'PS3.3 C.7.4.1',
    `The SEG ${uid ? 'has another' : 'lacks the'} ${tagName('FrameOfReferenceUID')} ${uid ? 'than' : 'of'} the series, so its place is unknown`,
    CHOOSE,
  );
}

/**
 * Place the frames of a SEG on the grid of a series. Where each lies on a slice, pixel on voxel, it covers that slice;
 * else all frames are taken as slabs in space. What counts is the position, and without it the image (SOP instance,
 * frame) that a frame refers to; its number and its place in the file mean nothing.
 *
 * @throws DicomError `seg.frame-of-reference`, `seg.outside` and those of {@link segPlanes}
 */
export function placeFrames(seg: Seg, target: Target): Placement {
  checkFrameOfReference(seg, target);
  const { geometry, sources = [] } = target;
  const [columns, rows, depth] = geometry.dims;
  const bySource = slicesOfSources(sources);
  const isSameMatrix = seg.columns === columns && seg.rows === rows;
  const hasPlace = seg.frameOfReferenceUID !== undefined;
  const positions = sources.map((source) => numbersOf(source, 'ImagePositionPatient', 3));
  const slices = seg.frames.map((frame) =>
    hasPlace && frame.position
      ? (sliceOfPosition(frame, geometry) ?? sliceOfImage(frame, geometry, positions))
      : sliceOfSource(frame, bySource),
  );
  const isOnSlices = (all: readonly (number | undefined)[]): all is number[] =>
    isSameMatrix && all.every((slice) => slice !== undefined);
  if (isOnSlices(slices))
    return onSlices(slices, depth, hasPlace ? contradiction(seg.frames, slices, bySource) : []);
  if (!hasPlace)
    throw refusal(
      'seg.frame-of-reference',
      'FrameOfReferenceUID',
      'PS3.3 C.7.4.1',
      `The SEG lies in no ${tagName('FrameOfReferenceUID')}, and not every frame of it refers to an image of the series`,
      CHOOSE,
    );
  return inSlabs(seg, geometry);
}
