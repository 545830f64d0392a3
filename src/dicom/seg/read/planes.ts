import type { Geometry, Vec3 } from '../../../volume/geometry';
import { tagName } from '../../tags';
import { close, TOLERANCE } from '../../tolerance';
import { along, cross, dot, length, unit } from '../../vectors';
import type { FrameItem } from './frameItems';
import type { Seg } from './openSeg';
import { refusal } from './refusal';

/** Frames at one place. */
export interface Plane {
  /** Centre of the first pixel, mm. */
  readonly position: Vec3;
  /** Along the normal, mm. */
  readonly height: number;
  /** Numbers of its frames, from 0, in the order of the file. */
  readonly frames: readonly number[];
}

/** The parallel planes that the frames of a SEG lie in. */
export interface Planes {
  /** Unit vectors along the rows, along the columns, and the normal. */
  readonly axes: readonly [Vec3, Vec3, Vec3];
  /** Distance of pixels along the rows and along the columns, mm. */
  readonly pixelSpacing: readonly [number, number];
  /** Distance of slices, mm. */
  readonly step: number;
  /** From the lowest on. */
  readonly planes: readonly Plane[];
}

const WHOLE_SEG = 'choose a SEG whose frames are parallel slices';

/** Orientation that all frames share, as unit vectors at right angles. */
function axesOf(frames: readonly FrameItem[]): [Vec3, Vec3, Vec3] {
  const [first] = frames;
  const f = frames.findIndex(
    ({ orientation }) =>
      !orientation || !close(orientation, first!.orientation!, TOLERANCE.direction),
  );
  if (f >= 0)
    throw refusal(
      'seg.orientation',
      'ImageOrientationPatient',
      'PS3.3 C.7.6.16.2.4',
      `Frame ${f + 1} of the SEG ${frames[f]!.orientation ? 'is turned against the first by' : 'has no'} ${tagName('ImageOrientationPatient')}`,
      WHOLE_SEG,
    );
  const row = first!.orientation!.slice(0, 3) as unknown as Vec3;
  const column = first!.orientation!.slice(3) as unknown as Vec3;
  const errors = [length(row) - 1, length(column) - 1, dot(row, column)];
  if (!close(errors, [0, 0, 0], TOLERANCE.direction))
    throw refusal(
      'seg.orientation',
      'ImageOrientationPatient',
      'PS3.3 C.7.6.16.2.4',
      `${tagName('ImageOrientationPatient')} of the SEG does not hold two unit vectors at a right angle`,
      WHOLE_SEG,
    );
  const x = unit(row);
  const y = unit(along(column, -dot(column, x), x));
  return [x, y, cross(x, y)];
}

function pixelSpacingOf(frames: readonly FrameItem[]): [number, number] {
  const [first] = frames;
  const [rows, columns] = first!.pixelSpacing ?? [];
  if (!rows || !columns || !(rows > 0 && columns > 0))
    throw refusal(
      'seg.pixel-spacing',
      'PixelSpacing',
      'PS3.3 C.7.6.16.2.1',
      `${tagName('PixelSpacing')} of the SEG is missing or not above 0 mm`,
    );
  const tolerance = TOLERANCE.spacing * Math.min(rows, columns);
  const f = frames.findIndex(
    ({ pixelSpacing }) => !pixelSpacing || !close(pixelSpacing, [rows, columns], tolerance),
  );
  if (f >= 0)
    throw refusal(
      'seg.pixel-spacing',
      'PixelSpacing',
      'PS3.3 C.7.6.16.2.1',
      `Frame ${f + 1} of the SEG has other pixels than the first by ${tagName('PixelSpacing')}`,
      WHOLE_SEG,
    );
  return [columns, rows];
}

function planesOf(frames: readonly FrameItem[], normal: Vec3): Plane[] {
  const byPosition = new Map<string, { position: Vec3; frames: number[] }>();
  frames.forEach(({ position }, f) => {
    if (!position)
      throw refusal(
        'seg.position',
        'ImagePositionPatient',
        'PS3.3 C.7.6.16.2.3',
        `Frame ${f + 1} of the SEG has no ${tagName('ImagePositionPatient')}`,
      );
    const key = position.map((value) => Math.round(value / TOLERANCE.position)).join();
    const plane = byPosition.get(key) ?? { position, frames: [] };
    plane.frames.push(f);
    byPosition.set(key, plane);
  });
  return [...byPosition.values()]
    .map((plane) => ({ ...plane, height: dot(plane.position, normal) }))
    .sort((a, b) => a.height - b.height);
}

/**
 * Distance of slices: the least one between planes, unless slices were left out between all of them, which Spacing
 * Between Slices tells; of a single plane, what the file says.
 */
function stepOf(planes: readonly Plane[], [first]: readonly FrameItem[]): number {
  const least = planes
    .slice(1)
    .map(({ height }, i) => height - planes[i]!.height)
    .filter((gap) => gap > TOLERANCE.position)
    .reduce((a, b) => Math.min(a, b), Infinity);
  const { sliceSpacing, sliceThickness } = first!;
  if (least < Infinity) {
    const slices = least / (sliceSpacing ?? least);
    const isWhole = Math.abs(slices - Math.round(slices)) <= TOLERANCE.spacing;
    return slices > 1 && isWhole ? sliceSpacing! : least;
  }
  const said = sliceSpacing ?? sliceThickness;
  if (said) return said;
  throw refusal(
    'seg.slice-spacing',
    'SpacingBetweenSlices',
    'PS3.3 C.7.6.16.2.1',
    `The SEG is a single slice without ${tagName('SpacingBetweenSlices')} or ${tagName('SliceThickness')}`,
  );
}

/**
 * The planes of a SEG.
 *
 * @throws DicomError `seg.orientation`, `seg.pixel-spacing`, `seg.position`, `seg.slice-spacing`
 */
export function segPlanes({ frames }: Pick<Seg, 'frames'>): Planes {
  const axes = axesOf(frames);
  const pixelSpacing = pixelSpacingOf(frames);
  const planes = planesOf(frames, axes[2]);
  return { axes, pixelSpacing, planes, step: stepOf(planes, frames) };
}

/**
 * The grid that the frames of a SEG span by themselves, slices that were left out included.
 *
 * @throws DicomError those of {@link segPlanes}, and `seg.position` where the frames are no stack of slices
 */
export function segGeometry(seg: Seg): Geometry {
  const { axes, pixelSpacing, step, planes } = segPlanes(seg);
  const [x, y, z] = axes;
  const [first] = planes;
  const slices = 1 + Math.round((planes.at(-1)!.height - first!.height) / step);
  const isOff = planes.some(({ position }) => {
    const offset = along(position, -1, first!.position);
    const k = dot(offset, z) / step;
    return (
      Math.abs(k - Math.round(k)) > TOLERANCE.shift ||
      Math.abs(dot(offset, x)) > TOLERANCE.shift * pixelSpacing[0] ||
      Math.abs(dot(offset, y)) > TOLERANCE.shift * pixelSpacing[1]
    );
  });
  if (isOff || slices > 65535)
    throw refusal(
      'seg.position',
      'ImagePositionPatient',
      'PS3.3 C.7.6.16.2.3',
      `The frames of the SEG are no regular stack of slices by ${tagName('ImagePositionPatient')}`,
      'read it on the grid of its series',
    );
  return {
    dims: [seg.columns, seg.rows, slices],
    spacing: [...pixelSpacing, step],
    origin: first!.position,
    direction: [...x, ...y, ...z],
    ...(seg.frameOfReferenceUID !== undefined && { frameOfReferenceUID: seg.frameOfReferenceUID }),
  };
}
