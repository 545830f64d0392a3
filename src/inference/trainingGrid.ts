import { boxBetween, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import type { ResizeOrder } from '../volume/resize';

/** Spacings that differ by more than this factor are resampled slice by slice (nnU-Net's). */
const ANISOTROPIC = 3;

/** How a volume goes from one grid to another over the same extent. */
export interface GridChange {
  /** Dims of the new grid. */
  readonly dims: Vec3;
  /** Axis of thick slices: each is resampled by itself, then the nearest one is taken. */
  readonly slices?: 0 | 1 | 2;
}

/**
 * The grid that a volume has at another spacing, and whether its slices are too thick to be interpolated between.
 * The rules are those of nnU-Net v2 (`default_resampling`): dims are rounded, and the volume is treated slice by
 * slice where one axis of the spacing it has (else of the one it gets) is alone the coarsest, by more than three.
 */
export function gridAt(dims: Vec3, spacing: Vec3, target: Vec3): GridChange {
  const size = dims.map((n, axis) =>
    Math.max(1, roundHalfEven((spacing[axis] / target[axis]) * n)),
  );
  const slices = coarseAxis(spacing, target);
  return {
    dims: [size[0], size[1], size[2]],
    ...(slices !== undefined && { slices }),
  };
}

/** Voxels that resampling reaches beyond a place: two of a cubic, and the rounding of the grid. */
const REACH = 3;

/**
 * A region of an image on the grid that the image is resampled to, with what its voxels are resampled from.
 *
 * @param dims of the image
 * @param grid dims of the grid over the same extent
 */
export function regionOnGrid(region: Box, dims: Vec3, grid: Vec3): Box {
  if (grid.every((n, axis) => n === dims[axis])) return boxBetween(...cornersOf(region), grid);
  const [low, high] = cornersOf(region);
  const scale = grid.map((n, axis) => n / dims[axis]);
  return boxBetween(
    low.map((i, axis) => i * scale[axis] - REACH),
    high.map((i, axis) => (i + 1) * scale[axis] + REACH),
    grid,
  );
}

/** First and last voxel. */
const cornersOf = ({ start, dims }: Box): [number[], number[]] => [
  [...start],
  start.map((i, axis) => i + dims[axis] - 1),
];

/** Orders along the axes: `inPlane`, and the nearest slice along the axis of thick slices. */
export function ordersOf(
  inPlane: ResizeOrder,
  slices: 0 | 1 | 2 | undefined,
): [ResizeOrder, ResizeOrder, ResizeOrder] {
  const orders: [ResizeOrder, ResizeOrder, ResizeOrder] = [inPlane, inPlane, inPlane];
  if (slices !== undefined) orders[slices] = 0;
  return orders;
}

function coarseAxis(current: Vec3, wanted: Vec3): 0 | 1 | 2 | undefined {
  const anisotropic = [current, wanted].find(
    (spacing) => Math.max(...spacing) / Math.min(...spacing) > ANISOTROPIC,
  );
  if (!anisotropic) return undefined;
  const coarsest = ([0, 1, 2] as const).filter(
    (axis) => anisotropic[axis] === Math.max(...anisotropic),
  );
  return coarsest.length === 1 ? coarsest[0] : undefined;
}

/** Python's round. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  return x - below === 0.5 ? below + (below % 2) : Math.round(x);
}
