import { InputError } from './errors';
import type { Vec3 } from './geometry';

const AXES = ['x', 'y', 'z'] as const;

/** Linear voxel indices are kept in 32 bits. */
const MAX_VOXELS = 2 ** 31;

/**
 * Dims [nx, ny, nz] that a kernel can take: whole, at least 1, at most 2^31 voxels in all.
 *
 * @param name the argument, as the message calls it
 * @throws InputError `volume.dims`, `volume.too-large`
 */
export function checkDims(dims: Vec3, name = 'dims'): void {
  const bad = dims.findIndex((n) => !Number.isInteger(n) || n < 1);
  if (dims.length !== 3 || bad >= 0)
    throw new InputError(
      'volume.dims',
      `${name} must be three whole numbers of at least 1; ${AXES[bad] ?? 'their count'} is ${
        dims[bad] ?? dims.length
      }.`,
    );
  if (dims[0] * dims[1] * dims[2] > MAX_VOXELS)
    throw new InputError(
      'volume.too-large',
      `${name} ${dims.join('×')} make more than 2^31 voxels; crop or resample the volume first.`,
    );
}

/**
 * A voxel array that fills its grid exactly.
 *
 * @param name the argument, as the message calls it
 * @throws InputError `volume.length` besides those of {@link checkDims}
 */
export function checkVoxels(data: ArrayLike<unknown>, dims: Vec3, name = 'mask'): void {
  checkDims(dims);
  const expected = dims[0] * dims[1] * dims[2];
  if (data.length !== expected)
    throw new InputError(
      'volume.length',
      `${name} has ${data.length} voxels where dims ${dims.join('×')} need ${expected}.`,
    );
}

/**
 * Two voxel arrays on one grid.
 *
 * @throws InputError `volume.length`
 */
export function checkSameLength(
  a: ArrayLike<unknown>,
  b: ArrayLike<unknown>,
  names: readonly [string, string],
): void {
  if (a.length !== b.length)
    throw new InputError(
      'volume.length',
      `${names[0]} has ${a.length} voxels and ${names[1]} ${b.length}; both must lie on one grid.`,
    );
}

/**
 * Spacing of voxel centres, mm: finite and above 0 on each axis.
 *
 * @throws InputError `volume.spacing`
 */
export function checkSpacing(spacing: Vec3, name = 'spacing'): void {
  const bad = spacing.findIndex((s) => !(Number.isFinite(s) && s > 0));
  if (spacing.length !== 3 || bad >= 0)
    throw new InputError(
      'volume.spacing',
      `${name} must be three finite numbers above 0 (mm); ${AXES[bad] ?? 'their count'} is ${
        spacing[bad] ?? spacing.length
      }.`,
    );
}
