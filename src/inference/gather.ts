import type { Vec3 } from '../volume/geometry';
import type { Voxels } from '../volume/volume';
import type { IntensityMap } from './normalise';

/** Indices of a tile along one axis; past the end of the volume the edge repeats. */
const indices = (start: number, size: number, length: number) =>
  Int32Array.from({ length: size }, (_, i) => Math.min(start + i, length - 1));

/** Indices of a tile along one axis; −1 outside the volume. */
const indicesWithin = (start: number, size: number, length: number) =>
  Int32Array.from({ length: size }, (_, i) => {
    const at = start + i;
    return at >= 0 && at < length ? at : -1;
  });

/**
 * Copy one tile out of a volume, normalised.
 *
 * @param data voxels of the volume, x fastest
 * @param dims [nx, ny, nz] of the volume
 * @param start first voxel of the tile
 * @param patch size of the tile
 * @param tile is filled, x fastest; patch[0]·patch[1]·patch[2] values
 */
export function gatherTile(
  data: Voxels,
  dims: Vec3,
  start: Vec3,
  patch: Vec3,
  { offset, scale, low, high }: IntensityMap,
  tile: Float32Array,
): void {
  const xs = indices(start[0], patch[0], dims[0]);
  const ys = indices(start[1], patch[1], dims[1]);
  const zs = indices(start[2], patch[2], dims[2]);
  let at = 0;
  for (const z of zs)
    for (const y of ys) {
      const row = (z * dims[1] + y) * dims[0];
      for (let i = 0; i < xs.length; i++) {
        const value = (data[row + xs[i]] - offset) / scale;
        tile[at++] = value < low ? low : value > high ? high : value;
      }
    }
}

/**
 * Copy one tile out of a volume, normalised, with zeros outside the volume, where the tile may begin and end.
 *
 * @param start first voxel of the tile; may be negative
 */
export function gatherPadded(
  data: Voxels,
  dims: Vec3,
  start: Vec3,
  patch: Vec3,
  { offset, scale, low, high }: IntensityMap,
  tile: Float32Array,
): void {
  const xs = indicesWithin(start[0], patch[0], dims[0]);
  const ys = indicesWithin(start[1], patch[1], dims[1]);
  const zs = indicesWithin(start[2], patch[2], dims[2]);
  let at = 0;
  for (const z of zs)
    for (const y of ys) {
      const row = z < 0 || y < 0 ? -1 : (z * dims[1] + y) * dims[0];
      for (const x of xs) {
        const value = row < 0 || x < 0 ? 0 : (data[row + x] - offset) / scale;
        tile[at++] = row < 0 || x < 0 ? 0 : value < low ? low : value > high ? high : value;
      }
    }
}
