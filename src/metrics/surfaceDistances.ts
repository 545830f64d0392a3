import { packBits, type BitVolume } from '../volume/bits';
import { boundaryOfBits, type BoundaryNeighbours } from '../volume/boundary';
import { checkSpacing, checkVoxels } from '../volume/checks';
import { distancesBetween } from '../volume/distanceBetween';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { EMPTY_SCORES } from './emptyPolicy';
import { METRIC_PRESETS, type MetricPreset } from './presets';
import { distanceStatistics } from './surfaceDistanceStatistics';

/** How far two surfaces lie apart. */
export interface SurfaceDistances {
  /** Hausdorff distance, mm. */
  readonly hd: number;
  /** The same of the 95th percentiles, mm. */
  readonly hd95: number;
  /** Average symmetric surface distance, mm. */
  readonly assd: number;
  /** Normalised surface Dice at the tolerance, 0 … 1. */
  readonly nsd: number;
}

export interface SurfaceOptions extends Partial<Pick<MetricPreset, 'empty' | 'tolerance'>> {
  /** 26, or 8 for a 2-D image: its inner voxels would all be surface in 3-D. */
  readonly neighbours?: BoundaryNeighbours;
}

/**
 * Distances between the surfaces of two masks.
 *
 * The surface of a mask are its voxels with background among their 26 neighbours, the outside of the volume being
 * background. From each surface voxel of one mask the distance (centre to centre, mm, kept as float32) is measured to
 * the nearest surface voxel of the other. Of the distances P→R and R→P:
 *
 * - `hd` is the greatest of both;
 * - `hd95` is the greater of the two 95th percentiles (numpy's linear ones), as in TopCoW's evaluation, MONAI and
 *   Metrics Reloaded; MedPy takes one percentile of both sets together;
 * - `assd` is the sum of both sets over the number of both; the mean of the two means, which weights the smaller
 *   surface more, is called MASD in Metrics Reloaded (Maier-Hein et al., Nature Methods 21, 2024), and ASSD in MedPy;
 * - `nsd` is the share of both sets that is at most the tolerance (Nikolov et al., 2018). All surface voxels count
 *   equally; DeepMind's surface-distance weights elements of a surface between the voxels by their area instead, so
 *   that its values differ by a few percent.
 *
 * MONAI and MedPy compare voxels with background among their 6 neighbours, thinner surfaces.
 *
 * Where a mask is empty the policy decides; `nsd` is then the score, the others the distance.
 *
 * @param prediction any value but 0 is foreground; x fastest
 * @param reference on the same grid
 * @param spacing mm
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`, `metrics.tolerance`
 */
export function surfaceDistances(
  prediction: Uint8Array,
  reference: Uint8Array,
  dims: Vec3,
  spacing: Vec3,
  options: SurfaceOptions = {},
): SurfaceDistances {
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  // One after the other: the first mask need not be held packed while the second is.
  const [a, b] = [prediction, reference].map((mask) =>
    boundaryOfBits(packBits(mask, dims), options.neighbours),
  );
  return betweenSurfaces(a, b, spacing, options);
}

/**
 * {@link surfaceDistances} of packed masks.
 *
 * @throws InputError `volume.dims`, `volume.spacing`, `volume.too-large`, `metrics.tolerance`
 */
export function surfaceDistancesOfBits(
  prediction: BitVolume,
  reference: BitVolume,
  spacing: Vec3,
  options: SurfaceOptions = {},
): SurfaceDistances {
  const [a, b] = [prediction, reference].map((mask) => boundaryOfBits(mask, options.neighbours));
  return betweenSurfaces(a, b, spacing, options);
}

function betweenSurfaces(
  prediction: BitVolume,
  reference: BitVolume,
  spacing: Vec3,
  { empty = METRIC_PRESETS.safe.empty, tolerance = METRIC_PRESETS.safe.tolerance }: SurfaceOptions,
): SurfaceDistances {
  checkSpacing(spacing);
  if (!(tolerance >= 0))
    throw new InputError(
      'metrics.tolerance',
      `tolerance must be at least 0 mm; it is ${tolerance}.`,
    );
  if (prediction.count === 0 || reference.count === 0) {
    const { bothEmpty, oneEmpty, bothEmptyDistance, oneEmptyDistance } = EMPTY_SCORES[empty];
    const both = prediction.count === reference.count;
    const one =
      oneEmptyDistance === 'diagonal' ? diagonal(prediction.dims, spacing) : oneEmptyDistance;
    const distance = both ? bothEmptyDistance : one;
    return { hd: distance, hd95: distance, assd: distance, nsd: both ? bothEmpty : oneEmpty };
  }
  const to = distanceStatistics(distancesBetween(prediction, reference, spacing), tolerance);
  const back = distanceStatistics(distancesBetween(reference, prediction, spacing), tolerance);
  return {
    hd: Math.max(to.max, back.max),
    hd95: Math.max(to.p95, back.p95),
    assd: (to.sum + back.sum) / (to.count + back.count),
    nsd: (to.within + back.within) / (to.count + back.count),
  };
}

/** From corner to corner of the volume: no distance in it is greater. */
const diagonal = (dims: Vec3, spacing: Vec3): number =>
  Math.hypot(...dims.map((n, axis) => n * spacing[axis]));
