import type { Connection } from './connections';
import type { Grid } from './grid';
import { joinParts } from './joinParts';
import { componentPairs, groupsOf } from './overlaps';
import type { Side } from './sides';

/** The components of a mask that correspond to none, or not to one, of the other mask. */
export interface UnmatchedComponents {
  /** Components that share no voxel with the other mask. */
  readonly alone: readonly number[];
  /** Ways through the other mask that join components of this one. */
  readonly gaps: readonly Connection[];
}

/**
 * Components correspond where they share a voxel. In a group of components that share voxels, directly or over
 * others, one of each mask is enough; each further one is a part of its own, and told by a gap through the other
 * mask that would join it.
 */
export function unmatchedComponents(
  grid: Grid,
  a: Side,
  b: Side,
): [UnmatchedComponents, UnmatchedComponents] {
  const groups = groupsOf(a.components, b.components, componentPairs(a.components, b.components));
  const shared = groups.filter((group) => group.a.length > 0 && group.b.length > 0);
  const further = (own: 'a' | 'b') => shared.reduce((sum, group) => sum + group[own].length - 1, 0);
  return [
    {
      alone: groups.flatMap((group) => (group.b.length === 0 ? group.a : [])),
      gaps: joinParts(grid, a, b.mask, further('a'), b.stretches),
    },
    {
      alone: groups.flatMap((group) => (group.a.length === 0 ? group.b : [])),
      gaps: joinParts(grid, b, a.mask, further('b'), a.stretches),
    },
  ];
}
