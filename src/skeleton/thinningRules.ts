import type { Vec3 } from '../volume/geometry';

/**
 * How a mask is thinned.
 * - `safe`: homotopic; components, loops and cavities of the skeleton are the mask's, and no component is lost.
 * - `compatible`: voxel for voxel scikit-image's `skeletonize` in 3-D (Lee, Kashyap & Chu 1994) with the array
 *   axes in the order (x, y, z). It deletes the last voxel of some components; for comparison with published
 *   numbers only.
 */
export type ThinningMode = 'safe' | 'compatible';

/** One side of a voxel, from which a sub-pass peels. */
export interface Side {
  readonly axis: 0 | 1 | 2;
  readonly step: 1 | -1;
}

/** Order of the sub-passes in an iteration, as in Lee's algorithm. The kernels count on it. */
export const SIDES: readonly Side[] = Object.freeze([
  { axis: 1, step: -1 },
  { axis: 1, step: 1 },
  { axis: 2, step: 1 },
  { axis: 2, step: -1 },
  { axis: 0, step: 1 },
  { axis: 0, step: -1 },
]);

/** What the modes do differently. */
export interface ThinningRules {
  /**
   * Whether the candidates of a sub-pass go in eight fields by the parity of their indices, where they are still
   * simple; else in raster order (z fastest), where at most one component of neighbours is left.
   */
  readonly inFields: boolean;
  /** Whether an axis along which the volume is one voxel thick is peeled too. */
  readonly peelsFlat: (axis: 0 | 1 | 2) => boolean;
}

export const RULES: Readonly<Record<ThinningMode, ThinningRules>> = Object.freeze({
  // In raster order a vessel with an even number of voxels across is eaten from its end: each voxel of the
  // last two-wide layer becomes simple as the one before it goes. No two voxels of a field touch.
  safe: { inFields: true, peelsFlat: () => false },
  // No neighbour at all passes too: the flaw that loses components.
  compatible: { inFields: false, peelsFlat: (axis) => axis !== 0 },
});

/** The sides from which a volume is peeled, in order. */
export const sidesOf = (dims: Vec3, { peelsFlat }: ThinningRules): readonly Side[] =>
  SIDES.filter(({ axis }) => dims[axis] > 1 || peelsFlat(axis));
