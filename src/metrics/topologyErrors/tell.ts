import { inscribedSpheres, radiusOf } from '../../centerline/inscribed';
import { indexToWorld, voxelVolume, type Vec3 } from '../../volume/geometry';
import { FINDING_LIMITS } from '../findings/limits';
import type { Branch } from './branches';
import type { Connection } from './connections';
import { holds, stepLength, voxelAt, worldAt, type Grid } from './grid';
import type { BitVolume } from '../../volume/bits';
import type { Extent } from './regions';
import type {
  BranchError,
  CavityError,
  ComponentError,
  ConnectionError,
  LoopError,
  Polyline,
} from './types';

type ExtentError = ComponentError | CavityError;

/** A gap or bridge, told at the middle of its length. */
export function connectionError(
  grid: Grid,
  kind: ConnectionError['kind'],
  { way, length }: Connection,
): ConnectionError {
  return { kind, position: middleOf(grid, way), length, points: polyline(grid, way) };
}

/** A component or cavity, told at the voxel nearest its centre. */
export function extentError<Kind extends ExtentError['kind']>(
  { geometry }: Grid,
  kind: Kind,
  { voxels, middle }: Extent,
): { kind: Kind } & Omit<ExtentError, 'kind'> {
  const volume = voxels * voxelVolume(geometry);
  return { kind, position: indexToWorld(geometry, middle), voxels, volume };
}

/** A loop that its mask closes outside the other one, told at the middle of its longest stretch there. */
export function closedLoopError(
  grid: Grid,
  kind: LoopError['kind'],
  ring: readonly number[],
  other: BitVolume,
): LoopError {
  const outside = longestOutside(ring, other);
  const position = middleOf(grid, outside.length > 0 ? outside : ring);
  return { ...loop(grid, kind, ring), cause: 'closed', position };
}

/** A loop that the other mask fills, told at its middle. */
export function filledLoopError(
  grid: Grid,
  kind: LoopError['kind'],
  ring: readonly number[],
): LoopError {
  const mean = [0, 0, 0];
  for (const position of ring)
    voxelAt(grid, position).forEach((v, axis) => (mean[axis] += v / ring.length));
  const position = indexToWorld(grid.geometry, mean as unknown as Vec3);
  return { ...loop(grid, kind, ring), cause: 'filled', position };
}

const loop = (grid: Grid, kind: LoopError['kind'], ring: readonly number[]) => ({
  kind,
  length: lengthOf(grid, [...ring, ring[0]]),
  points: polyline(grid, ring),
});

/**
 * The branches that are long enough to be told: as long as they are wide, and of a length that is no rough wall.
 *
 * @param mask the one whose skeleton they lie on; any value but 0 is foreground
 */
export function branchErrors(
  grid: Grid,
  kind: BranchError['kind'],
  branches: readonly Branch[],
  mask: Uint8Array,
): BranchError[] {
  const { dims, spacing } = grid.geometry;
  const long = branches.filter(({ length }) => length >= FINDING_LIMITS.stretchLength);
  if (long.length === 0) return [];
  const spheres = inscribedSpheres(mask, dims, spacing);
  const radiusAt = (position: number) =>
    radiusOf(spheres.clearance(...voxelAt(grid, position)), spacing);
  return long
    .map(({ way, length }): BranchError => {
      const radius = way.reduce((sum, position) => sum + radiusAt(position), 0) / way.length;
      return { kind, position: middleOf(grid, way), length, radius, points: polyline(grid, way) };
    })
    .filter(({ length, radius }) => length >= 2 * radius * FINDING_LIMITS.stretchDiameters);
}

const polyline = (grid: Grid, way: readonly number[]): Polyline =>
  Float32Array.from(way.flatMap((position) => worldAt(grid, position)));

const lengthOf = (grid: Grid, way: readonly number[]): number =>
  way.slice(1).reduce((sum, position, i) => sum + stepLength(grid, way[i], position), 0);

/** The voxel half-way along. */
function middleOf(grid: Grid, way: readonly number[]): Vec3 {
  let rest = lengthOf(grid, way) / 2;
  let at = 0;
  for (; at + 1 < way.length && rest > 0; at++) rest -= stepLength(grid, way[at], way[at + 1]);
  return worldAt(grid, way[at]);
}

/** The longest piece of a ring outside a mask, in voxels. */
function longestOutside(ring: readonly number[], { words }: BitVolume): number[] {
  const start = ring.findIndex((position) => holds(words, position));
  if (start < 0) return [...ring];
  let [longest, piece]: [number[], number[]] = [[], []];
  for (const position of [...ring.slice(start), ...ring.slice(0, start)]) {
    piece = holds(words, position) ? [] : [...piece, position];
    if (piece.length > longest.length) longest = piece;
  }
  return longest;
}
