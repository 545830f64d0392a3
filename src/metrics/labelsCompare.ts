import { tubeOfBits } from '../skeleton/tubedBits';
import type { Betti } from '../topology/betti';
import { labelBetti, type LabelTopology, type Labelmap } from '../topology/labelBetti';
import { countBoth, packBits, type BitVolume } from '../volume/bits';
import { checkSpacing, checkVoxels } from '../volume/checks';
import type { Geometry } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import { skeletonOfBitsInOrder } from './axisOrder';
import { toLabels } from './labels';
import { boxOf, cropAround, maskOfAll, maskOfLabel } from './labelsCrop';
import { scoreMasks, type Covered, type Sides } from './labelsScore';
import { countTube } from './labelsTube';
import { METRIC_PRESETS, type MetricPreset } from './presets';
import { meanScores, type ClassScores, type Scores } from './scores';

/** A pair of labelmaps, scored; plain data, no NaN, no Infinity. */
export interface LabelComparison {
  /** By label: every class that the prediction or the reference holds. */
  readonly classes: Readonly<Record<number, ClassScores>>;
  /** Means over these classes. */
  readonly average: Scores;
  /** All labels as one class. */
  readonly merged: ClassScores;
}

/**
 * Compare two labelmaps: overlap, skeletons, topology and surfaces, for each class, in the mean over the classes,
 * and with all labels as one. docs/metrics.md has the definitions; foreground 26-connected, background
 * 6-connected.
 *
 * @param prediction 0 is background, other whole numbers up to 65535 are classes; x fastest
 * @param reference on the same grid
 * @param geometry dims [nx, ny, nz] and spacing (mm)
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`, `labels.value`,
 *   `metrics.tolerance`
 */
export function compareLabels(
  prediction: Voxels,
  reference: Voxels,
  geometry: Pick<Geometry, 'dims' | 'spacing'>,
  preset: MetricPreset = METRIC_PRESETS.safe,
): LabelComparison {
  const { dims, spacing } = geometry;
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  checkSpacing(spacing);
  const maps = ofBoth(
    {
      prediction: toLabels(prediction, 'prediction'),
      reference: toLabels(reference, 'reference'),
    },
    (map) => ({ map, ...labelBetti(map, dims) }),
  );
  const { tubes, scores: merged } = scoreMerged(maps, geometry, preset);
  const labels = labelsOf(maps);
  const scored = labels.map((label): [number, ClassScores] => [
    label,
    // A class that is alone has the merged masks.
    labels.length === 1 ? merged : scoreClass(maps, label, tubes, geometry, preset),
  ]);
  return {
    classes: Object.fromEntries(scored),
    average: meanScores(
      scored.map(([, scores]) => scores),
      merged,
    ),
    merged,
  };
}

type Grid = Pick<Geometry, 'dims' | 'spacing'>;

/** A labelmap with the topology of its labels. */
interface Labels extends LabelTopology {
  readonly map: Labelmap;
}

/** For each label the voxels of a side's tube. */
type TubeOfLabels = ReadonlyMap<number, Covered>;

const NO_BETTI: Betti = Object.freeze({ b0: 0, b1: 0, b2: 0 });
const NO_TUBES: TubeOfLabels = new Map();
const NO_TUBE: Covered = Object.freeze({ a: 0, both: 0 });

const ofBoth = <T, U>({ prediction, reference }: Sides<T>, make: (of: T) => U): Sides<U> => ({
  prediction: make(prediction),
  reference: make(reference),
});

/** The labels that one of two maps holds, rising. */
const labelsOf = ({ prediction, reference }: Sides<Labels>): number[] =>
  [...new Set([...prediction.labels.keys(), ...reference.labels.keys()])].sort((a, b) => a - b);

function scoreMerged(
  maps: Sides<Labels>,
  geometry: Grid,
  preset: MetricPreset,
): { readonly scores: ClassScores; readonly tubes: Sides<TubeOfLabels> } {
  const masks = ofBoth(maps, ({ map }) => packBits(maskOfAll(map), geometry.dims, 'z'));
  const several = labelsOf(maps).length > 1;
  const follow = (side: keyof Sides<unknown>, other: keyof Sides<unknown>) => {
    const skeleton = skeletonOf(masks[side], preset);
    const tube = tubeOfBits(skeleton, masks[side]);
    return {
      skeleton: covered(skeleton, masks[other]),
      tube: covered(tube, masks[other]),
      tubeOfLabels: several ? countTube(tube, maps[side].map, maps[other].map) : NO_TUBES,
    };
  };
  // One side after the other: of skeletons and tubes, which take as much room as the masks, only counts stay.
  const along = {
    prediction: follow('prediction', 'reference'),
    reference: follow('reference', 'prediction'),
  };
  return {
    tubes: ofBoth(along, ({ tubeOfLabels }) => tubeOfLabels),
    scores: scoreMasks(
      masks,
      ofBoth(maps, ({ merged }) => merged.betti),
      along,
      geometry,
      preset,
    ),
  };
}

function scoreClass(
  maps: Sides<Labels>,
  label: number,
  tubes: Sides<TubeOfLabels>,
  geometry: Grid,
  preset: MetricPreset,
): ClassScores {
  const { dims } = geometry;
  const crop = cropAround(boxOf(label, maps.prediction, maps.reference), dims);
  const masks = ofBoth(maps, ({ map }) =>
    packBits(maskOfLabel(map, dims, crop, label), crop.dims, 'z'),
  );
  const follow = (side: keyof Sides<unknown>, other: keyof Sides<unknown>) => ({
    skeleton: covered(skeletonOf(masks[side], preset), masks[other]),
    tube: tubes[side].get(label) ?? NO_TUBE,
  });
  return scoreMasks(
    masks,
    ofBoth(maps, ({ labels }) => labels.get(label)?.betti ?? NO_BETTI),
    {
      prediction: follow('prediction', 'reference'),
      reference: follow('reference', 'prediction'),
    },
    geometry,
    preset,
  );
}

const skeletonOf = (mask: BitVolume, { thinning, axes }: MetricPreset): BitVolume =>
  skeletonOfBitsInOrder(mask, thinning, axes);

const covered = (of: BitVolume, other: BitVolume): Covered => ({
  a: of.count,
  both: countBoth(of, other),
});
