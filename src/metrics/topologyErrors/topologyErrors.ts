import { skeletonize } from '../../skeleton/thinning';
import { packBits, transposeBits, type BitVolume } from '../../volume/bits';
import { checkSpacing, checkVoxels } from '../../volume/checks';
import { InputError } from '../../volume/errors';
import type { Vec3 } from '../../volume/geometry';
import type { Mask } from '../../volume/volume';
import { unmatchedCavities } from './cavities';
import { unmatchedComponents } from './components';
import { errorsOf } from './errorsOf';
import { gridOf, type Grid } from './grid';
import { unmatchedLoops } from './loops/loops';
import { componentsOf } from './pieces';
import type { Side } from './sides';
import { stretchesOutside } from './stretches';
import type { TopologyError, TopologyErrorKind } from './types';

export type * from './types';

/** What a caller has at hand of a mask. */
export interface Prepared {
  /** The mask, packed along either axis. */
  readonly mask?: BitVolume;
  /** Its skeleton, homotopic to it (`skeletonize` with mode `safe`), packed along either axis or 0 and not 0. */
  readonly skeleton?: BitVolume | Uint8Array;
}

/** Kinds in the order of the list; the first of a pair is told of the prediction. */
export const TOPOLOGY_ERROR_KINDS: readonly TopologyErrorKind[] = Object.freeze([
  'split',
  'merge',
  'falseComponent',
  'missedComponent',
  'falseLoop',
  'missingLoop',
  'falseCavity',
  'missingCavity',
  'missedBranch',
  'falseBranch',
]);

/**
 * Every difference in topology between a prediction and a reference, with its kind and place; foreground
 * 26-connected, background 6-connected, outside of the volume background. docs/topology-errors.md defines them.
 * For every pair of masks, with P the prediction and R the reference,
 *
 * - β0(P) − β0(R) = splits + false components − merges − missed components,
 * - β1(P) − β1(R) = false loops − missing loops,
 * - β2(P) − β2(R) = false cavities − missing cavities,
 *
 * and exchanging the masks exchanges split and merge, false and missed or missing. Branches have no part in the
 * equations; of them only those are told that are longer than the vessel is wide, and than 2 mm.
 *
 * By kind in the order of the equations, each kind by falling size (length or volume).
 *
 * @param prediction any value but 0 is foreground; x fastest
 * @param reference on the same grid
 * @param prepared what is there already of the two; else it is made here
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`, `volume.spacing`
 */
export function topologyErrors(
  prediction: Mask,
  reference: Uint8Array,
  prepared: { readonly prediction?: Prepared; readonly reference?: Prepared } = {},
): TopologyError[] {
  const { geometry } = prediction;
  checkVoxels(prediction.data, geometry.dims, 'prediction');
  checkVoxels(reference, geometry.dims, 'reference');
  checkSpacing(geometry.spacing);
  const pack = (given: BitVolume | Uint8Array, name: string) => packed(given, geometry.dims, name);
  const masks = {
    p: pack(prepared.prediction?.mask ?? prediction.data, 'the packed prediction'),
    r: pack(prepared.reference?.mask ?? reference, 'the packed reference'),
  };
  const skeletons = {
    p: prepared.prediction?.skeleton ?? skeletonize(prediction.data, geometry.dims),
    r: prepared.reference?.skeleton ?? skeletonize(reference, geometry.dims),
  };
  const grid = gridOf(masks.p, geometry);
  const p = sideOf(grid, prediction.data, masks.p, pack(skeletons.p, 'its skeleton'), masks.r);
  const r = sideOf(grid, reference, masks.r, pack(skeletons.r, 'its skeleton'), masks.p);

  const [partsP, partsR] = unmatchedComponents(grid, p, r);
  const [loopsP, loopsR] = unmatchedLoops(grid, p, r);
  const [cavitiesP, cavitiesR] = unmatchedCavities(grid, p, r);
  const ofP = { ...partsP, loops: loopsP, cavities: cavitiesP };
  const ofR = { ...partsR, loops: loopsR, cavities: cavitiesR };
  return [
    ...errorsOf(grid, 'prediction', p, r.mask, ofP, partsR.gaps),
    ...errorsOf(grid, 'reference', r, p.mask, ofR, partsP.gaps),
  ].sort(
    (a, b) =>
      TOPOLOGY_ERROR_KINDS.indexOf(a.kind) - TOPOLOGY_ERROR_KINDS.indexOf(b.kind) ||
      sizeOf(b).value - sizeOf(a).value,
  );
}

/** How large an error is: a length in mm or a volume in mm³. */
export const sizeOf = (
  error: TopologyError,
): { readonly value: number; readonly unit: 'mm' | 'mm³' } =>
  'length' in error ? { value: error.length, unit: 'mm' } : { value: error.volume, unit: 'mm³' };

/** What is known of a mask before it is compared. */
function sideOf(
  grid: Grid,
  bytes: Uint8Array,
  mask: BitVolume,
  skeleton: BitVolume,
  other: BitVolume,
): Side {
  const stretches = stretchesOutside(grid, skeleton, other);
  return { bytes, mask, skeleton, components: componentsOf(mask), stretches };
}

/** A mask packed along x. */
function packed(given: BitVolume | Uint8Array, dims: Vec3, name: string): BitVolume {
  if (given instanceof Uint8Array) {
    checkVoxels(given, dims, name);
    return packBits(given, dims);
  }
  if (given.dims.some((n, axis) => n !== dims[axis]))
    throw new InputError(
      'volume.dims',
      `${name} has dims ${given.dims.join('×')} where the prediction has ${dims.join('×')}.`,
    );
  return given.axis === 'x' ? given : transposeBits(given);
}
