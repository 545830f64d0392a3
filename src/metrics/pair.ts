import { skeletonOfBits, type ThinningMode } from '../skeleton/thinning';
import { bettiOfBits, type Betti } from '../topology/betti';
import { bitLayout, countBoth, packBits, type BitVolume } from '../volume/bits';
import { checkVoxels } from '../volume/checks';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { bettiError } from './bettiError';
import { clDiceOf, type ClDice } from './cldice';
import { share, type EmptyPolicy } from './emptyPolicy';
import { topologyCompiled } from './pairCompiled';

/** What a comparison needs to know of one mask: plain data, an eighth of the mask's bytes each. */
export interface MaskTopology {
  /** The mask and its skeleton, packed along z. */
  readonly mask: BitVolume;
  readonly skeleton: BitVolume;
  /** Foreground 26-connected, background 6-connected. */
  readonly betti: Betti;
}

/**
 * Skeleton and Betti numbers of one mask. The two masks of a pair need nothing of each other until
 * {@link comparePair}, so two workers can take one each.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function topologyOf(
  mask: Uint8Array,
  dims: Vec3,
  mode: ThinningMode = 'safe',
): MaskTopology {
  checkVoxels(mask, dims);
  const [alongX, alongZ] = [bitLayout(dims, 'x'), bitLayout(dims, 'z')];
  return withKernels(
    (kernels) => topologyCompiled(kernels, mask, alongX, alongZ, mode),
    () => topologyPlain(mask, dims, mode),
  );
}

/**
 * {@link topologyOf} with thinning done elsewhere.
 *
 * @param thin gives the `safe` skeleton of a volume packed along z
 */
export async function topologyWith(
  mask: Uint8Array,
  dims: Vec3,
  thin: (volume: BitVolume) => Promise<BitVolume>,
): Promise<MaskTopology> {
  const bits = packBits(mask, dims, 'z');
  return { mask: bits, skeleton: await thin(bits), betti: bettiOfBits(bits) };
}

/** The specification of {@link topologyOf}. */
export function topologyPlain(mask: Uint8Array, dims: Vec3, mode: ThinningMode): MaskTopology {
  const bits = packBits(mask, dims, 'z');
  return { mask: bits, skeleton: skeletonOfBits(bits, mode), betti: bettiOfBits(bits) };
}

/** A prediction against a reference, as whole masks. */
export interface PairScores extends ClDice {
  readonly dice: number;
  /** |βk(prediction) − βk(reference)|. */
  readonly bettiError: Betti;
}

/**
 * Dice, clDice and Betti number errors of a pair of masks.
 *
 * @throws InputError `volume.grid` where the masks differ in size
 */
export function comparePair(
  prediction: MaskTopology,
  reference: MaskTopology,
  policy: EmptyPolicy = 'agreement',
): PairScores {
  const [a, b] = [prediction.mask, reference.mask];
  if (a.dims.some((n, axis) => n !== b.dims[axis]))
    throw new InputError(
      'volume.grid',
      `The prediction has ${a.dims.join('×')} voxels and the reference ${b.dims.join('×')}; both must lie on one grid.`,
    );
  const foreground = a.count + b.count;
  return {
    dice: share(2 * countBoth(a, b), foreground, foreground === 0, policy),
    ...clDiceOf(
      { a: prediction.skeleton.count, both: countBoth(prediction.skeleton, b) },
      { a: reference.skeleton.count, both: countBoth(reference.skeleton, a) },
      foreground === 0,
      policy,
    ),
    bettiError: bettiError(prediction.betti, reference.betti),
  };
}
