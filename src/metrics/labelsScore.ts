import type { Betti } from '../topology/betti';
import { countBoth, type BitVolume } from '../volume/bits';
import type { Geometry, Vec3 } from '../volume/geometry';
import { bettiError } from './bettiError';
import { clDiceOf } from './cldice';
import { diceOf, iouOf, type Overlap } from './overlap';
import type { MetricPreset } from './presets';
import type { ClassScores } from './scores';
import { tubeShare } from './skeletonRecall';
import {
  surfaceDistances,
  surfaceDistancesOfBits,
  type SurfaceDistances,
} from './surfaceDistances';

/** The two sides of a pair. */
export interface Sides<T> {
  readonly prediction: T;
  readonly reference: T;
}

/** Voxels of a set (`a`), and those of them that the other side covers (`both`). */
export type Covered = Pick<Overlap, 'a' | 'both'>;

/**
 * The scores of a class whose masks are packed and whose skeletons are counted.
 *
 * @param masks of the class, in a part of the volume that holds them
 * @param along voxels of each side's skeleton and tube
 * @param geometry of the whole volume
 */
export function scoreMasks(
  masks: Sides<BitVolume>,
  betti: Sides<Betti>,
  along: Sides<{ readonly skeleton: Covered; readonly tube: Covered }>,
  geometry: Pick<Geometry, 'dims' | 'spacing'>,
  preset: MetricPreset,
): ClassScores {
  const { prediction, reference } = masks;
  const { empty } = preset;
  const [a, b] = [prediction.count, reference.count];
  const both = countBoth(prediction, reference);
  const voxels = { a, b, both };
  return {
    voxels: { prediction: a, reference: b, both },
    dice: diceOf(voxels, empty),
    iou: iouOf(voxels, empty),
    ...clDiceOf(along.prediction.skeleton, along.reference.skeleton, a + b === 0, empty),
    skeletonRecall: tubeShare(along.reference.tube, { a: b, b: a, both }, empty),
    skeletonPrecision: tubeShare(along.prediction.tube, voxels, empty),
    betti,
    bettiError: bettiError(betti.prediction, betti.reference),
    ...distances(masks, geometry, preset),
  };
}

/** Surface distances; where a mask is empty they depend on the volume, of which the masks may be a part only. */
function distances(
  { prediction, reference }: Sides<BitVolume>,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  preset: MetricPreset,
): SurfaceDistances {
  if (prediction.count > 0 && reference.count > 0)
    return surfaceDistancesOfBits(prediction, reference, spacing, preset);
  // One voxel as large as the volume.
  const size: Vec3 = [dims[0] * spacing[0], dims[1] * spacing[1], dims[2] * spacing[2]];
  const voxel = ({ count }: BitVolume) => Uint8Array.of(Math.sign(count));
  return surfaceDistances(voxel(prediction), voxel(reference), [1, 1, 1], size, preset);
}
