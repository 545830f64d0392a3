import { wholeOf, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';

/** Where the tiles of a volume lie: a grid of overlapping boxes of one size that covers every voxel of a region. */
export interface TilePlan {
  readonly dims: Vec3;
  readonly patch: Vec3;
  /** Least overlap of neighbours, voxels. */
  readonly overlap: Vec3;
  /**
   * First voxel of the tiles along x, y and z, rising. A tile lies inside the volume, unless the volume is smaller
   * than the patch: then it starts at 0 and reaches past the end.
   */
  readonly starts: readonly [readonly number[], readonly number[], readonly number[]];
  /** Tiles in all. */
  readonly count: number;
}

/**
 * The fewest tiles that cover a volume with at least the given overlap, spread evenly along each axis, the last one
 * ending at the edge.
 *
 * @param dims [nx, ny, nz] of the volume
 * @param patch size of a tile, voxels
 * @param overlap least overlap of neighbours, voxels; smaller than the patch
 * @param region of the volume that counts; all unless said. Tiles lie where they would without it, and those that
 *   do not meet it are left out, so that its voxels are answered by the same tiles.
 */
export function planTiles(
  dims: Vec3,
  patch: Vec3,
  overlap: Vec3,
  region: Box = wholeOf(dims),
): TilePlan {
  const along = (axis: 0 | 1 | 2) =>
    startsAlong(dims[axis], patch[axis], overlap[axis]).filter(
      (start) =>
        start < region.start[axis] + region.dims[axis] && start + patch[axis] > region.start[axis],
    );
  const starts = [along(0), along(1), along(2)] as const;
  const count = starts[0].length * starts[1].length * starts[2].length;
  return { dims, patch, overlap, starts, count };
}

/** The voxels of the volume that a tile, told by its place among the tiles along x, y and z, looks at. */
export function tileBox({ dims, patch, starts }: TilePlan, place: Vec3): Box {
  const start = [starts[0][place[0]], starts[1][place[1]], starts[2][place[2]]] as const;
  return {
    start,
    dims: start.map((from, axis) => Math.min(patch[axis], dims[axis] - from)) as unknown as Vec3,
  };
}

/** The least box that holds all tiles. */
export function tilesBox({ dims, patch, starts }: TilePlan): Box {
  const start = starts.map((along) => along[0]) as unknown as Vec3;
  return {
    start,
    dims: starts.map(
      (along, axis) => Math.min(dims[axis], along[along.length - 1] + patch[axis]) - start[axis],
    ) as unknown as Vec3,
  };
}

/** Slices of a layer of tiles. */
export const depthOf = ({ dims, patch }: Pick<TilePlan, 'dims' | 'patch'>): number =>
  Math.min(dims[2], patch[2]);

/** [nx, ny, nz] of the slab that a layer of tiles lies in. */
export const slabDims = (plan: TilePlan): Vec3 => [plan.dims[0], plan.dims[1], depthOf(plan)];

/** Slices of layer `tz` that no later layer reaches. */
export const finishedSlices = (plan: TilePlan, tz: number): number => {
  const [, , zs] = plan.starts;
  return tz + 1 < zs.length ? zs[tz + 1] - zs[tz] : depthOf(plan);
};

function startsAlong(length: number, patch: number, overlap: number): number[] {
  const last = Math.max(0, length - patch);
  const steps = Math.ceil(last / (patch - overlap));
  return Array.from({ length: steps + 1 }, (_, i) => (steps ? Math.round((i * last) / steps) : 0));
}
