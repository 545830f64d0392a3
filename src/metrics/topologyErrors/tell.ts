import { inscribedSpheres, radiusOf } from '../../centerline/inscribed';
import type { BitVolume } from '../../volume/bits';
import { indexToWorld, voxelVolume, type Vec3 } from '../../volume/geometry';
import { FINDING_LIMITS } from '../findings/limits';
import type { Branch } from './branches';
import type { Connection } from './connections';
import { holds, stepLength, voxelAt, worldAt, type Grid } from './grid';
import type { FilledLoop } from './loops/loops';
import type { Extent } from './pieces';
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
  const position = middleOf(grid, longestOutside(ring, other));
  return { ...loop(grid, kind, ring), cause: 'closed', position };
}

/** A loop that the other mask fills, told in the middle of what fills it. */
export function filledLoopError(
  grid: Grid,
  kind: LoopError['kind'],
  { ring, around }: FilledLoop,
): LoopError {
  const mean: [number, number, number] = [0, 0, 0];
  for (const position of around)
    voxelAt(grid, position).forEach((v, axis) => (mean[axis] += v / around.length));
  const position = indexToWorld(grid.geometry, mean);
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

function polyline(grid: Grid, way: readonly number[]): Polyline {
  const points = new Float32Array(3 * way.length);
  way.forEach((position, i) => points.set(worldAt(grid, position), 3 * i));
  return points;
}

function lengthOf(grid: Grid, way: readonly number[]): number {
  let length = 0;
  for (let i = 1; i < way.length; i++) length += stepLength(grid, way[i - 1], way[i]);
  return length;
}

/** The point half-way along. */
function middleOf(grid: Grid, way: readonly number[]): Vec3 {
  let rest = lengthOf(grid, way) / 2;
  let at = 0;
  for (; at + 2 < way.length; at++) {
    const step = stepLength(grid, way[at], way[at + 1]);
    if (step >= rest) break;
    rest -= step;
  }
  if (way.length === 1) return worldAt(grid, way[0]);
  const share = rest / stepLength(grid, way[at], way[at + 1]);
  const [from, to] = [worldAt(grid, way[at]), worldAt(grid, way[at + 1])];
  const along = (axis: 0 | 1 | 2) => from[axis] + share * (to[axis] - from[axis]);
  return [along(0), along(1), along(2)];
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
