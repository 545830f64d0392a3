import { UnionFind } from '../../topology/unionFind';
import type { BitVolume } from '../../volume/bits';
import { connectionsOver, type Connection } from './connections';
import type { Grid } from './grid';
import type { Pieces } from './pieces';
import { stretchesOutside, type Stretch } from './stretches';

/** A mask with its components. */
export interface Parts {
  readonly mask: BitVolume;
  readonly components: Pieces;
}

/**
 * The shortest ways that join the components of one mask (`parts`) through another mask (`whole`) wherever one
 * component of `whole` holds voxels of several: a minimum spanning forest, so of n components that belong
 * together it has n − 1.
 *
 * Ways follow the skeleton of `whole`. Components that this skeleton passes by are joined over the voxels of
 * `whole` between them.
 *
 * @param count how many ways there are
 * @param stretches of the skeleton of `whole` outside `parts`
 */
export function joinParts(
  grid: Grid,
  parts: Parts,
  whole: BitVolume,
  count: number,
  stretches: readonly Stretch[],
): Connection[] {
  if (count === 0) return [];
  const sets = new UnionFind(parts.components.runs.count);
  const shortestOver = (ground: readonly Stretch[]) =>
    ground
      .flatMap((stretch) => connectionsOver(grid, stretch, parts.components))
      .sort((a, b) => a.length - b.length)
      .filter(({ parts: [a, b] }) => {
        const joins = sets.find(a) !== sets.find(b);
        sets.union(a, b);
        return joins;
      });
  const found = shortestOver(stretches);
  return found.length < count
    ? [...found, ...shortestOver(stretchesOutside(grid, whole, parts.mask))]
    : found;
}
