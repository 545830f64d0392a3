import type { Vec3 } from '../volume/geometry';
import { SeriesError } from './seriesError';
import type { Slice } from './slices';
import { neighbours, type SliceStack } from './sliceStack';
import { tagName } from './tags';
import { TOLERANCE } from './tolerance';
import { along, dot, length } from './vectors';

/** How far a slice lies aside from where the first one's normal meets its plane: along rows and columns, mm. */
export function shiftOf({ slices, axes }: SliceStack, { position }: Slice): [number, number] {
  const offset = along(position, -1, slices[0]!.position);
  return [dot(offset, axes[0]), dot(offset, axes[1])];
}

/** The first slice that does not lie over the first, along the normal. */
function tilted(stack: SliceStack): { slice: Slice; shift: number; degrees: number } | undefined {
  const { slices, axes, pixelSpacing } = stack;
  const pixel = Math.min(...pixelSpacing);
  for (const slice of slices) {
    const offset: Vec3 = along(slice.position, -1, slices[0]!.position);
    const height = dot(offset, axes[2]);
    const shift = length(along(offset, -height, axes[2]));
    if (shift > TOLERANCE.shift * pixel + TOLERANCE.direction * Math.abs(height))
      return { slice, shift, degrees: (Math.atan2(shift, Math.abs(height)) * 180) / Math.PI };
  }
  return undefined;
}

/** What is irregular about a stack, or nothing. */
export function irregularity(stack: SliceStack): SeriesError | undefined {
  const { slices, heights, usual } = stack;
  const position = tagName('ImagePositionPatient');
  const tilt = tilted(stack);
  if (tilt)
    return new SeriesError({
      code: 'series.gantry-tilt',
      keyword: 'ImagePositionPatient',
      images: [tilt.slice.name],
      what: `The slices are not stacked at a right angle: ${tilt.slice.name} lies ${tilt.shift.toFixed(1)} mm aside (${tilt.degrees.toFixed(1)}°) by ${position}, as with ${tagName('GantryDetectorTilt')}`,
      advice: 'resample the series, or choose one without tilt',
      resample: true,
    });
  const odd = heights
    .slice(1)
    .findIndex((height, i) => Math.abs(height - heights[i]! - usual) > TOLERANCE.spacing * usual);
  if (odd < 0) return undefined;
  const step = heights[odd + 1]! - heights[odd]!;
  return new SeriesError({
    code: 'series.irregular-spacing',
    keyword: 'ImagePositionPatient',
    images: [slices[odd]!.name, slices[odd + 1]!.name],
    what: `${neighbours(slices, odd)} lie ${step.toFixed(2)} mm apart where ${usual.toFixed(2)} mm is usual by ${position}`,
    advice: 'resample the series to equal distances, or choose another',
    resample: true,
  });
}
