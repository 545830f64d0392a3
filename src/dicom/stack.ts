import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import type { Slice } from './slices';
import { tagName } from './tags';
import { TOLERANCE } from './tolerance';
import { along, dot, length } from './vectors';

/**
 * Refuse slices that do not lie over the first, along the normal.
 *
 * @throws InputError `series.gantry-tilt`
 */
export function checkTilt(slices: readonly Slice[], normal: Vec3): void {
  const [first] = slices;
  const pixel = Math.min(...first!.pixelSpacing);
  for (const slice of slices) {
    const offset = along(slice.position, -1, first!.position);
    const height = dot(offset, normal);
    const shift = length(along(offset, -height, normal));
    if (shift > TOLERANCE.shift * pixel + TOLERANCE.direction * Math.abs(height)) {
      const degrees = (Math.atan2(shift, Math.abs(height)) * 180) / Math.PI;
      throw new InputError(
        'series.gantry-tilt',
        `The slices are not stacked at a right angle: ${slice.name} lies ${shift.toFixed(1)} mm aside (${degrees.toFixed(1)}°) by ${tagName('ImagePositionPatient')}, as with ${tagName('GantryDetectorTilt')}; resample the series, or choose one without tilt.`,
      );
    }
  }
}

/**
 * The slice spacing, mm, of slices sorted by height.
 *
 * @throws InputError `series.duplicate-positions`, `series.missing-slices`, `series.irregular-spacing`
 */
export function sliceSpacing(slices: readonly Slice[], heights: readonly number[]): number {
  const tag = tagName('ImagePositionPatient');
  const steps = heights.slice(1).map((height, i) => height - heights[i]!);
  const pair = (i: number) => `In this series ${slices[i]!.name} and ${slices[i + 1]!.name}`;
  const same = steps.findIndex((step) => step < TOLERANCE.position);
  if (same >= 0)
    throw new InputError(
      'series.duplicate-positions',
      `${pair(same)} lie at the same ${tag}; choose a series with one image per position (one phase, one echo).`,
    );

  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const regular = (step: number) => Math.abs(step - usual) <= TOLERANCE.spacing * usual;
  const odd = steps.findIndex((step) => !regular(step));
  if (odd < 0) return (heights.at(-1)! - heights[0]!) / steps.length;
  const step = steps[odd]!;
  const missing = Math.round(step / usual) - 1;
  const distance = `${pair(odd)} lie ${step.toFixed(2)} mm apart where ${usual.toFixed(2)} mm is usual by ${tag}`;
  if (missing >= 1 && regular(step / (missing + 1)))
    throw new InputError(
      'series.missing-slices',
      `${distance}: ${missing === 1 ? '1 slice is' : `${missing} slices are`} missing; load the complete series.`,
    );
  throw new InputError(
    'series.irregular-spacing',
    `${distance}; resample the series to equal distances, or choose another.`,
  );
}
