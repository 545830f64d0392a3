import { tubeOfBits } from '../skeleton/tubedBits';
import { labelBetti, type LabelTopology, type Labelmap } from '../topology/labelBetti';
import type { Betti } from '../topology/betti';
import { countBoth, packBits, type BitVolume } from '../volume/bits';
import { checkSpacing, checkVoxels } from '../volume/checks';
import type { Geometry, Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import { skeletonOfBitsInOrder } from './axisOrder';
import { toLabels } from './labels';
import { boxOf, cropAround, maskOfAll, maskOfLabel } from './labelsCrop';
import { countTube, type Covered } from './labelsTube';
import { iouOf } from './overlap';
import { comparePair, type MaskTopology } from './pair';
import { METRIC_PRESETS, type MetricPreset } from './presets';
import { meanScores, type ClassScores, type Scores } from './scores';
import { tubeShare } from './skeletonRecall';
import {
  surfaceDistances,
  surfaceDistancesOfBits,
  type SurfaceDistances,
} from './surfaceDistances';

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
 * Compare two labelmaps: overlap, skeletons, topology and surfaces, for each class, in the mean over the classes, and
 * with all labels as one. docs/metrics.md has the definitions; foreground 26-connected, background 6-connected.
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
  geometry: Grid,
  preset: MetricPreset = METRIC_PRESETS.safe,
): LabelComparison {
  const { dims, spacing } = geometry;
  checkVoxels(prediction, dims, 'prediction');
  checkVoxels(reference, dims, 'reference');
  checkSpacing(spacing);
  const maps: Sides<Labels> = {
    prediction: describe(toLabels(prediction, 'prediction'), dims),
    reference: describe(toLabels(reference, 'reference'), dims),
  };
  const whole = ofBoth(maps, ({ map, merged }) => thin(maskOfAll(map), dims, merged.betti, preset));
  const tubes = ofBoth(whole, ({ skeleton, mask }) => tubeOfBits(skeleton, mask));
  const merged = scoreMasks(
    whole,
    {
      prediction: covered(tubes.prediction, whole.reference.mask),
      reference: covered(tubes.reference, whole.prediction.mask),
    },
    geometry,
    preset,
  );
  const classes = scoreClasses(maps, tubes, merged, geometry, preset);
  return {
    classes: Object.fromEntries(classes),
    average: meanScores(
      classes.map(([, scores]) => scores),
      merged,
    ),
    merged,
  };
}

type Grid = Pick<Geometry, 'dims' | 'spacing'>;

interface Sides<T> {
  readonly prediction: T;
  readonly reference: T;
}

const ofBoth = <T, U>({ prediction, reference }: Sides<T>, make: (of: T) => U): Sides<U> => ({
  prediction: make(prediction),
  reference: make(reference),
});

/** A labelmap with the topology of its labels. */
interface Labels extends LabelTopology {
  readonly map: Labelmap;
}

const describe = (map: Labelmap, dims: Vec3): Labels => ({ map, ...labelBetti(map, dims) });

function scoreClasses(
  maps: Sides<Labels>,
  tubes: Sides<BitVolume>,
  merged: ClassScores,
  geometry: Grid,
  preset: MetricPreset,
): [number, ClassScores][] {
  const { prediction, reference } = maps;
  const { dims } = geometry;
  const labels = [...new Set([...prediction.labels.keys(), ...reference.labels.keys()])].sort(
    (a, b) => a - b,
  );
  // A class that is alone has the merged masks.
  if (labels.length === 1) return [[labels[0], merged]];
  const inTubes = {
    prediction: countTube(tubes.prediction, prediction.map, reference.map),
    reference: countTube(tubes.reference, reference.map, prediction.map),
  };
  return labels.map((label) => {
    const crop = cropAround(boxOf(label, prediction, reference), dims);
    const masks = ofBoth(maps, ({ map, labels: known }) =>
      thin(maskOfLabel(map, dims, crop, label), crop.dims, known.get(label)?.betti, preset),
    );
    const ofLabel = ofBoth(inTubes, (counts) => counts.get(label) ?? { a: 0, both: 0 });
    return [label, scoreMasks(masks, ofLabel, geometry, preset)];
  });
}

/** A mask packed, with its skeleton; without Betti numbers where it is empty. */
function thin(
  mask: Uint8Array,
  dims: Vec3,
  betti: Betti = { b0: 0, b1: 0, b2: 0 },
  { thinning, axes }: MetricPreset,
): MaskTopology {
  const packed = packBits(mask, dims, 'z');
  return { mask: packed, skeleton: skeletonOfBitsInOrder(packed, thinning, axes), betti };
}

const covered = (tube: BitVolume, other: BitVolume): Covered => ({
  a: tube.count,
  both: countBoth(tube, other),
});

/**
 * @param tubes voxels of each side's tube in the class; those of them in the other side's class
 * @param geometry of the whole volume
 */
function scoreMasks(
  { prediction, reference }: Sides<MaskTopology>,
  tubes: Sides<Covered>,
  geometry: Grid,
  preset: MetricPreset,
): ClassScores {
  const [a, b] = [prediction.mask.count, reference.mask.count];
  const both = countBoth(prediction.mask, reference.mask);
  return {
    voxels: { prediction: a, reference: b, both },
    ...comparePair(prediction, reference, preset.empty),
    iou: iouOf({ a, b, both }, preset.empty),
    ...distances(prediction.mask, reference.mask, geometry, preset),
    skeletonRecall: tubeShare(tubes.reference, { a: b, b: a, both }, preset.empty),
    skeletonPrecision: tubeShare(tubes.prediction, { a, b, both }, preset.empty),
    betti: { prediction: prediction.betti, reference: reference.betti },
  };
}

/** Surface distances; where a mask is empty they depend on the volume, of which the masks are a part only. */
function distances(
  prediction: BitVolume,
  reference: BitVolume,
  { dims, spacing }: Grid,
  preset: MetricPreset,
): SurfaceDistances {
  if (prediction.count > 0 && reference.count > 0)
    return surfaceDistancesOfBits(prediction, reference, spacing, preset);
  // One voxel as large as the volume.
  const size: Vec3 = [dims[0] * spacing[0], dims[1] * spacing[1], dims[2] * spacing[2]];
  const voxel = ({ count }: BitVolume) => Uint8Array.of(Math.sign(count));
  return surfaceDistances(voxel(prediction), voxel(reference), [1, 1, 1], size, preset);
}
