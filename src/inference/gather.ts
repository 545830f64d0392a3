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
  intensities: IntensityMap,
  tile: Float32Array,
): void {
  const along = (axis: 0 | 1 | 2) => indices(start[axis], patch[axis], dims[axis]);
  gather(data, dims, [along(0), along(1), along(2)], intensities, tile);
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
  intensities: IntensityMap,
  tile: Float32Array,
): void {
  const along = (axis: 0 | 1 | 2) => indicesWithin(start[axis], patch[axis], dims[axis]);
  gather(data, dims, [along(0), along(1), along(2)], intensities, tile);
}

/** Voxels at the crossings of the indices along x, y and z; 0 where one of these is −1. */
function gather(
  data: Voxels,
  [nx, ny]: Vec3,
  [xs, ys, zs]: readonly [Int32Array, Int32Array, Int32Array],
  { offset, scale, low, high }: IntensityMap,
  tile: Float32Array,
): void {
  const width = xs.length;
  const isInside = xs[0] >= 0 && xs[width - 1] === xs[0] + width - 1;
  let at = 0;
  for (const z of zs)
    for (const y of ys) {
      if (z < 0 || y < 0) {
        tile.fill(0, at, (at += width));
        continue;
      }
      const row = (z * ny + y) * nx;
      if (isInside) {
        const end = row + xs[0] + width;
        for (let i = row + xs[0]; i < end; i++) {
          const value = (data[i] - offset) / scale;
          tile[at++] = value < low ? low : value > high ? high : value;
        }
        continue;
      }
      for (let i = 0; i < width; i++) {
        const value = (data[row + xs[i]] - offset) / scale;
        tile[at++] = xs[i] < 0 ? 0 : value < low ? low : value > high ? high : value;
      }
    }
}
