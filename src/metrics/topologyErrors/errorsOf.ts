import type { BitVolume } from '../../volume/bits';
import { branchesOf } from './branches';
import type { Connection } from './connections';
import type { Grid } from './grid';
import type { UnmatchedLoops } from './loops/loops';
import { extentsOf, pieceAt, type Extent } from './pieces';
import type { Side } from './sides';
import {
  branchErrors,
  closedLoopError,
  connectionError,
  extentError,
  filledLoopError,
} from './tell';
import type { TopologyError } from './types';

/** What a mask has that the other lacks. */
export interface Unmatched {
  /** Components that share no voxel with the other mask. */
  readonly alone: readonly number[];
  /** Ways through the other mask that join components of this one. */
  readonly gaps: readonly Connection[];
  readonly loops: UnmatchedLoops;
  readonly cavities: readonly Extent[];
}

/** What errors of a mask are called. */
export const KINDS = Object.freeze({
  prediction: {
    gap: 'split',
    component: 'falseComponent',
    loop: 'falseLoop',
    cavity: 'falseCavity',
    branch: 'falseBranch',
  },
  reference: {
    gap: 'merge',
    component: 'missedComponent',
    loop: 'missingLoop',
    cavity: 'missingCavity',
    branch: 'missedBranch',
  },
} as const);

/**
 * The errors that one mask has, or is lacked by the other.
 *
 * @param through ways through this mask that join components of the other one: told there
 */
export function errorsOf(
  grid: Grid,
  whose: keyof typeof KINDS,
  own: Side,
  other: BitVolume,
  { alone, gaps, loops, cavities }: Unmatched,
  through: readonly Connection[],
): TopologyError[] {
  const kind = KINDS[whose];
  const told = new Set([...through.flatMap(({ way }) => way), ...loops.closed.flat()]);
  const strange = new Set(alone);
  const branches = own.stretches
    .filter(({ voxels }) => !strange.has(pieceAt(own.components, grid, voxels[0])))
    .flatMap((stretch) => branchesOf(grid, stretch, told));
  return [
    ...gaps.map((gap) => connectionError(grid, kind.gap, gap)),
    ...[...extentsOf(own.components, grid, alone).values()].map((extent) =>
      extentError(grid, kind.component, extent),
    ),
    ...loops.closed.map((ring) => closedLoopError(grid, kind.loop, ring, other)),
    ...loops.filled.map((ring) => filledLoopError(grid, kind.loop, ring)),
    ...cavities.map((extent) => extentError(grid, kind.cavity, extent)),
    ...branchErrors(grid, kind.branch, branches, own.bytes),
  ];
}
