import { packBits, unpackBits } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import { thinOrderedCompiled } from './orderedCompiled';
import { thinOrderedPlain } from './orderedPlain';
import { rankScores, type Scores } from './orderedRanks';

/** Which voxels an ordered thinning keeps besides those that topology needs. */
export interface OrderedThinningOptions {
  /** Voxels with this score or more are never deleted. Without it there are no such voxels. */
  readonly anchor?: number;
  /** Whether a voxel stays that has one neighbour when its turn comes. Without it: where there is no anchor. */
  readonly keepEnds?: boolean;
}

/**
 * Thin a mask in the order of a score, from the lowest: a homotopic thinning whose order and end points another
 * method decides, such as a network or a distance. Whatever the scores are, components, loops and cavities
 * (26-connected foreground, 6-connected background) of the result are the mask's.
 *
 * All voxels but the anchors wait at first. The turn is that of the lowest score that waits, and of equal ones
 * that of the voxel that has waited longest. It goes if it is simple and, with `keepEnds`, has two neighbours or
 * more; its neighbours that do not wait then begin to. So no voxel is left that could go. Voxels that wait from
 * the start do so in eight fields by the parity of their indices (z, y and x, odd ones first), x fastest in each:
 * in raster order, vessels of even width and equal scores would be eaten from their ends.
 *
 * With the distance to the background as score this is distance-ordered thinning (Pudney 1998). `keepEnds` alone
 * makes a spur of most bumps of a rough surface; anchors with the score of true end points don't.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param score of each voxel, any scale, infinities allowed; only those of the foreground are read
 * @returns 0 or 1, x fastest
 * @throws InputError `thinning.score` where a voxel of the foreground, or the anchor, is not a number;
 *   `thinning.score-length`; `volume.length`, `volume.dims`, `volume.too-large`
 */
export function thinByScore(
  mask: Uint8Array,
  dims: Vec3,
  score: Scores,
  { anchor, keepEnds = anchor === undefined }: OrderedThinningOptions = {},
): Uint8Array {
  const volume = packBits(mask, dims);
  const ordered = { volume, keepEnds, ...rankScores(volume, score, anchor) };
  return unpackBits(
    withKernels(
      (kernels) => thinOrderedCompiled(kernels, ordered),
      () => thinOrderedPlain(ordered),
    ),
  );
}
