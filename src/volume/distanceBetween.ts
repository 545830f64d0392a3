import { withKernels } from '../wasm/kernels';
import { lowestBit, transposeBits, type BitVolume } from './bits';
import { checkSpacing } from './checks';
import { distancesCompiled } from './distanceCompiled';
import { distancesPlain } from './distancePlain';
import { InputError } from './errors';
import type { Vec3 } from './geometry';

/**
 * Distance (mm) from each foreground voxel of one mask to the nearest foreground voxel of another, centre to centre,
 * exact for any spacing; in raster order of the first mask. Infinity where the second mask is empty.
 *
 * @param from, to packed, on one grid
 * @param spacing mm
 * @throws InputError `volume.dims`, `volume.spacing`, `volume.too-large`
 */
export function distancesBetween(from: BitVolume, to: BitVolume, spacing: Vec3): Float32Array {
  checkSpacing(spacing);
  if (from.dims.some((n, axis) => n !== to.dims[axis]))
    throw new InputError(
      'volume.dims',
      `from has dims ${from.dims.join('×')} and to ${to.dims.join('×')}; both must lie on one grid.`,
    );
  if (to.count === 0) return new Float32Array(from.count).fill(Infinity);
  const [a, b] = [from, to].map((v) => (v.axis === 'x' ? v : transposeBits(v)));
  const voxels = voxelsOf(a);
  return withKernels(
    (kernels) => distancesCompiled(kernels, b, 'foreground', spacing, voxels),
    () => distancesPlain(b, 'foreground', spacing, voxels),
  );
}

/** Linear indices of the foreground of a mask packed along x, rising. */
export function voxelsOf({ words, rowWords, rowsPerPlane, dims, count }: BitVolume): Uint32Array {
  const [nx, ny, nz] = dims;
  const voxels = new Uint32Array(count);
  let n = 0;
  for (let z = 0, voxel = -1; z < nz; z++)
    for (let y = 0; y < ny; y++, voxel += nx) {
      const row = ((z + 1) * rowsPerPlane + y + 1) * rowWords;
      for (let k = 0; k < rowWords; k++)
        for (let word = words[row + k]; word !== 0; word &= word - 1)
          voxels[n++] = voxel + 32 * k + lowestBit(word);
    }
  return voxels;
}
