import type { Grid } from './grid';
import { backgroundPairs, groupsOf } from './overlaps';
import { backgroundOf, extentsOf, OUTSIDE, type Extent, type Pieces } from './pieces';
import type { Side } from './sides';

/**
 * The cavities of each mask that correspond to none of the other. Pieces of background (6-connected) belong
 * together where they share a voxel, directly or over others; of those that do, one of each mask corresponds: the
 * outside of the volume if it is among them, else the largest cavity.
 */
export function unmatchedCavities(
  grid: Grid,
  a: Side,
  b: Side,
): [a: readonly Extent[], b: readonly Extent[]] {
  const { rowsPerPlane } = grid.layout;
  const [runsA, runsB] = [a.components.runs, b.components.runs];
  const [backA, backB] = [backgroundOf(runsA, rowsPerPlane), backgroundOf(runsB, rowsPerPlane)];
  const groups = groupsOf(backA, backB, backgroundPairs(backA, runsA, backB, runsB));
  const ofGroups = (background: Pieces, own: 'a' | 'b', other: 'a' | 'b') => {
    const closed = groups.flatMap((group) => group[own]).filter((piece) => piece !== OUTSIDE);
    const extents = extentsOf(background, grid, closed);
    const voxels = (piece: number) => extents.get(piece)?.voxels ?? Infinity;
    return groups
      .flatMap((group) =>
        [...group[own]]
          .sort((p, q) => voxels(q) - voxels(p) || p - q)
          .slice(group[other].length > 0 ? 1 : 0),
      )
      .flatMap((piece) => extents.get(piece) ?? []);
  };
  return [ofGroups(backA, 'a', 'b'), ofGroups(backB, 'b', 'a')];
}
