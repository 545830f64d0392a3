import { tubeOfBits } from '../skeleton/tubedBits';
import { checkSameLength } from '../volume/checks';
import { countBoth } from '../volume/bits';
import type { Mask } from '../volume/volume';
import { FINDING_LIMITS, SEVERITY, type Draft } from './findings/limits';
import { comparePair, topologyOf, type MaskTopology } from './pair';
import type { ReferenceComparison } from './report';
import { tubeShare } from './skeletonRecall';
import { sizeOf, topologyErrors } from './topologyErrors/topologyErrors';

/** A comparison whose findings have no numbers yet. */
export interface Comparison extends Omit<ReferenceComparison, 'findings'> {
  readonly findings: readonly Draft[];
}

/**
 * Compare a mask with a reference on the same grid: overlap, skeletons (thinned without losing components),
 * Betti numbers, and every difference in topology with its place.
 *
 * @param own the mask's skeleton and Betti numbers, from `topologyOf`
 * @param reference any value but 0 is foreground; x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function compareWithReference(
  mask: Mask,
  own: MaskTopology,
  reference: Uint8Array,
): Comparison {
  checkSameLength(mask.data, reference, ['mask', 'reference']);
  const truth = topologyOf(reference, mask.geometry.dims);
  const located = featuresOf(own) + featuresOf(truth) <= FINDING_LIMITS.locatable;
  const errors = located
    ? topologyErrors(mask, reference, { prediction: own, reference: truth })
    : [];
  return {
    ...comparePair(own, truth),
    skeletonRecall: skeletonRecallOf(own, truth),
    bettiReference: truth.betti,
    located,
    findings: errors.map((error) => ({
      kind: error.kind,
      severity: SEVERITY[error.kind],
      position: error.position,
      ...sizeOf(error),
    })),
  };
}

const featuresOf = ({ betti: { b0, b1, b2 } }: MaskTopology): number => b0 + b1 + b2;

/** Share of the reference's tubed skeleton inside the mask. */
function skeletonRecallOf({ mask }: MaskTopology, reference: MaskTopology): number {
  const tube = tubeOfBits(reference.skeleton, reference.mask);
  const voxels = {
    a: reference.mask.count,
    b: mask.count,
    both: countBoth(reference.mask, mask),
  };
  return tubeShare({ a: tube.count, both: countBoth(tube, mask) }, voxels, 'agreement');
}
