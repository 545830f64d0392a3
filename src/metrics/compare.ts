import { extractCenterlines } from '../centerline/extract';
import type { CenterlineGraph } from '../centerline/graph';
import { skeletonize } from '../skeleton/thinning';
import { bettiNumbers, type Betti } from '../topology/betti';
import { checkSameLength } from '../volume/checks';
import type { Mask } from '../volume/volume';
import { bettiError } from './bettiError';
import { clDiceOfSkeletons } from './cldice';
import type { Draft } from './findings/limits';
import { stretchesOutside } from './findings/stretches';
import { dice } from './overlap';
import type { ReferenceComparison } from './report';
import { skeletonRecallOf } from './skeletonRecall';

/** A comparison whose findings have no numbers yet. */
export interface Comparison extends Omit<ReferenceComparison, 'findings'> {
  readonly findings: readonly Draft[];
}

/**
 * Compare a mask with a reference on the same grid: overlap, skeletons (thinned without losing components),
 * Betti numbers, and the places where a centerline of one runs outside the other.
 *
 * @param graph the mask's centerlines
 * @param betti the mask's Betti numbers
 * @param reference any value but 0 is foreground; x fastest
 * @param skeleton of the mask, where it is there already
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function compareWithReference(
  mask: Mask,
  graph: CenterlineGraph,
  betti: Betti,
  reference: Uint8Array,
  skeleton?: Uint8Array,
): Comparison {
  const { data, geometry } = mask;
  const { dims } = geometry;
  checkSameLength(data, reference, ['mask', 'reference']);
  const truth = { mask: reference, skeleton: skeletonize(reference, dims) };
  const truthGraph = extractCenterlines({ data: reference, geometry }, truth.skeleton);
  const bettiReference = bettiNumbers(reference, dims);
  return {
    dice: dice(data, reference),
    ...clDiceOfSkeletons({ mask: data, skeleton: skeleton ?? skeletonize(data, dims) }, truth),
    skeletonRecall: skeletonRecallOf(data, truth, dims),
    bettiReference,
    bettiError: bettiError(betti, bettiReference),
    findings: [
      ...stretchesOutside('missed', truthGraph, data, geometry),
      ...stretchesOutside('extra', graph, reference, geometry),
    ],
  };
}
