import type { BitLayout } from '../../volume/bits';
import { indexToWorld, type Geometry, type Vec3 } from '../../volume/geometry';

/**
 * Arithmetic on the bit positions of masks that are packed along x in one layout: voxel (x, y, z) has position
 * `32·word + bit`. The margin of the packed form keeps every neighbour of a voxel addressable.
 */
export interface Grid {
  readonly layout: BitLayout;
  readonly geometry: Geometry;
  /** What to add to a position for neighbour n of the 27 of a `Neighbourhood`. */
  readonly steps: readonly number[];
  /** How far away that neighbour is, mm. */
  readonly lengths: readonly number[];
}

export function gridOf(layout: BitLayout, geometry: Geometry): Grid {
  const rowBits = 32 * layout.rowWords;
  const planeBits = rowBits * layout.rowsPerPlane;
  const places = Array.from({ length: 27 }, (_, n) => [
    (n % 3) - 1,
    (Math.floor(n / 3) % 3) - 1,
    Math.floor(n / 9) - 1,
  ]);
  return {
    layout,
    geometry,
    steps: places.map(([x, y, z]) => x + y * rowBits + z * planeBits),
    lengths: places.map((place) =>
      Math.hypot(...place.map((v, axis) => v * geometry.spacing[axis])),
    ),
  };
}

/** Index coordinates of the voxel at a position. */
export function voxelAt({ layout: { rowWords, rowsPerPlane } }: Grid, position: number): Vec3 {
  const row = Math.floor(position / (32 * rowWords));
  const plane = Math.floor(row / rowsPerPlane);
  return [position - row * 32 * rowWords - 1, row - plane * rowsPerPlane - 1, plane - 1];
}

/** The position of a voxel, by its index coordinates. */
export const positionAt = ({ layout: { rowWords, rowsPerPlane } }: Grid, [x, y, z]: Vec3): number =>
  ((z + 1) * rowsPerPlane + y + 1) * 32 * rowWords + x + 1;

/** The centre of the voxel at a position, LPS mm. */
export const worldAt = (grid: Grid, position: number): Vec3 =>
  indexToWorld(grid.geometry, voxelAt(grid, position));

/** Distance between the centres of two touching voxels, mm. */
export const stepLength = ({ steps, lengths }: Grid, from: number, to: number): number =>
  lengths[steps.indexOf(to - from)];

/** Row of a position, margin included. */
export const rowAt = ({ layout }: Grid, position: number): number =>
  Math.floor(position / (32 * layout.rowWords));

/** Whether packed words hold the voxel at a position. */
export const holds = (words: Int32Array, position: number): boolean =>
  ((words[position >>> 5] >>> (position & 31)) & 1) !== 0;

/** Positions of the six voxels that share a face with one. */
export const faceNeighbours = ({ steps }: Grid, position: number): number[] =>
  [4, 10, 12, 14, 16, 22].map((place) => position + steps[place]);
