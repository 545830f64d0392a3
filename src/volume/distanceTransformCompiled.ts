import type { Kernels } from '../wasm/kernels';
import type { BitVolume } from './bits';
import { distancePlanes } from './distancePlanes';
import type { Vec3 } from './geometry';

/** `distanceTransformPlain`, plane by plane. */
export function distanceTransformCompiled(
  kernels: Kernels,
  volume: BitVolume,
  spacing: Vec3,
): Float32Array {
  const [nx, ny, nz] = volume.dims;
  const rowBytes = 4 * volume.rowWords;
  const planeBytes = rowBytes * volume.rowsPerPlane;
  const words = kernels.put(volume.words);
  const voxels = kernels.scratch(4 * nx * ny);
  const out = kernels.scratch(4 * nx * ny);
  const distances = distancePlanes(kernels, words, volume, spacing);
  const transform = new Float32Array(nx * ny * nz);
  for (let z = 0; z < nz; z++) {
    const count = kernels.run.listPlane(words + (z + 1) * planeBytes, rowBytes, nx, ny, z, voxels);
    distances(z, voxels, count, out);
    const at = kernels.take(voxels, count, Uint32Array);
    const values = kernels.take(out, count, Float32Array);
    for (let i = 0; i < count; i++) transform[at[i]] = values[i];
  }
  return transform;
}
