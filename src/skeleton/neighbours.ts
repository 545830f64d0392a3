import type { Vec3 } from '../volume/geometry';

/**
 * Foreground among the 26 neighbours of a foreground voxel; 1 where a line ends.
 *
 * @param mask 0 or 1, x fastest
 * @param voxel linear index
 */
export function neighbourCount(mask: Uint8Array, [nx, ny, nz]: Vec3, voxel: number): number {
  const x = voxel % nx;
  const y = Math.floor(voxel / nx) % ny;
  const z = Math.floor(voxel / (nx * ny));
  let count = -mask[voxel];
  for (let w = Math.max(0, z - 1); w <= Math.min(nz - 1, z + 1); w++)
    for (let v = Math.max(0, y - 1); v <= Math.min(ny - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(nx - 1, x + 1); u++)
        count += mask[u + nx * (v + ny * w)];
  return count;
}
