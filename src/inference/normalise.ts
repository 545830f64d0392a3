import { InputError } from '../volume/errors';
import type { Voxels } from '../volume/volume';
import type { ModelManifest } from './manifest';
import { percentiles } from './orderStatistics';

/** What a net gets for an intensity x: (x − offset) / scale, clipped to [low, high]. */
export interface IntensityMap {
  readonly offset: number;
  readonly scale: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The map from the intensities of a volume to the values that a model was trained on. The volume is only read; the
 * map is applied tile by tile, so no normalised copy of the volume exists.
 *
 * @throws InputError `volume.not-finite`, `volume.constant`, `volume.flat`
 */
export function intensityMap(
  data: Voxels,
  { normalisation, clip: [low, high] }: Pick<ModelManifest, 'normalisation' | 'clip'>,
): IntensityMap {
  checkIntensities(data);
  if (normalisation.kind === 'fixed') {
    const { offset, scale } = normalisation;
    return { offset, scale, low, high };
  }
  const { percentile } = normalisation;
  const [median, upper] = percentiles(data, [50, percentile]);
  if (!(upper > median))
    throw new InputError(
      'volume.flat',
      `At least ${percentile - 50} % of the voxels share one intensity, so the image has no scale that the model could use; choose a series that is not cropped or masked.`,
    );
  return { offset: median, scale: upper - median, low, high };
}

function checkIntensities(data: Voxels): void {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    // NaN fails every comparison, so it is caught by its difference from itself.
    if (value - value !== 0)
      throw new InputError(
        'volume.not-finite',
        'The image holds voxels that are no numbers (NaN or infinite); export the series again without them.',
      );
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least === greatest)
    throw new InputError(
      'volume.constant',
      'All voxels of the image have the same intensity; choose another series.',
    );
}
