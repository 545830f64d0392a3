import { InputError } from '../volume/errors';
import type { Voxels } from '../volume/volume';
import type { ModelManifest } from './manifest';
import { percentiles } from './orderStatistics';

/** What a net gets for an intensity x: (x − offset) / scale, clipped to [low, high], which may be infinite. */
export interface IntensityMap {
  readonly offset: number;
  readonly scale: number;
  readonly low: number;
  readonly high: number;
}

/** What a net gets for one intensity. */
export function normalised(x: number, { offset, scale, low, high }: IntensityMap): number {
  const value = (x - offset) / scale;
  return value < low ? low : value > high ? high : value;
}

/** Least spread that is divided by; nnU-Net's. */
const LEAST_SPREAD = 1e-8;

/**
 * The map from the intensities of a volume to the values that a model was trained on. The volume is only read; the
 * map is applied tile by tile, so no normalised copy of the volume exists.
 *
 * @param foreground where it is given, mean and standard deviation are those of the voxels where it is not 0
 * @throws InputError `volume.not-finite`, `volume.constant`, `volume.flat`
 */
export function intensityMap(
  data: Voxels,
  {
    normalisation,
    clip: [low, high] = [-Infinity, Infinity],
  }: Pick<ModelManifest, 'normalisation' | 'clip'>,
  foreground?: Uint8Array,
): IntensityMap {
  const range = new IntensityRange();
  range.add(data);
  const { least, greatest } = range.checked();
  switch (normalisation.kind) {
    case 'fixed':
      return { offset: normalisation.offset, scale: normalisation.scale, low, high };
    case 'none':
      return { offset: 0, scale: 1, low, high };
    case 'min-max':
      return { offset: least, scale: Math.max(greatest - least, LEAST_SPREAD), low, high };
    case 'ct': {
      const { mean, sd } = normalisation;
      return {
        offset: mean,
        scale: sd,
        low: Math.max(low, (normalisation.low - mean) / sd),
        high: Math.min(high, (normalisation.high - mean) / sd),
      };
    }
    case 'z-score': {
      const { mean, sd } = meanAndDeviation(data, foreground);
      return { offset: mean, scale: Math.max(sd, LEAST_SPREAD), low, high };
    }
    case 'percentile':
      return { ...byPercentile(data, normalisation.percentile), low, high };
  }
}

const byPercentile = (data: Voxels, percentile: number) =>
  betweenPercentiles(percentiles(data, [50, percentile]), percentile);

/** @throws InputError `volume.flat` */
export function betweenPercentiles(
  [median, upper]: readonly number[],
  percentile: number,
): Pick<IntensityMap, 'offset' | 'scale'> {
  if (!(upper > median))
    throw new InputError(
      'volume.flat',
      `At least ${percentile - 50} % of the voxels share one intensity, so the image has no scale that the model could use; choose a series that is not cropped or masked.`,
    );
  return { offset: median, scale: upper - median };
}

/** Mean and (population) standard deviation, in two passes. */
function meanAndDeviation(data: Voxels, mask: Uint8Array | undefined) {
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (mask?.[i] === 0) continue;
    sum += data[i];
    count++;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < data.length; i++) if (mask?.[i] !== 0) squares += (data[i] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / count) };
}

/** Least and greatest intensity of an image that comes in parts. */
export class IntensityRange {
  least = Infinity;
  greatest = -Infinity;

  /** @throws InputError `volume.not-finite` */
  add(data: Voxels): void {
    if (data.length === 0) return;
    let least = data[0];
    let greatest = least;
    // NaN wins against every number in both.
    for (let i = 1; i < data.length; i++) {
      least = Math.min(least, data[i]);
      greatest = Math.max(greatest, data[i]);
    }
    if (!Number.isFinite(least) || !Number.isFinite(greatest))
      throw new InputError(
        'volume.not-finite',
        'The image holds voxels that are no numbers (NaN or infinite); export the series again without them.',
      );
    this.least = Math.min(this.least, least);
    this.greatest = Math.max(this.greatest, greatest);
  }

  /** @throws InputError `volume.constant` */
  checked(): { readonly least: number; readonly greatest: number } {
    if (this.least === this.greatest)
      throw new InputError(
        'volume.constant',
        'All voxels of the image have the same intensity; choose another series.',
      );
    return this;
  }
}
