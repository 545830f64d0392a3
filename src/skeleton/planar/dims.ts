import { InputError } from '../../volume/errors';

/** Columns and rows of an image, [nx, ny]; x varies fastest in memory. */
export type Vec2 = readonly [number, number];

/** Linear pixel indices are kept in 32 bits. */
const MAX_PIXELS = 2 ** 31;

/**
 * A pixel array that fills its grid exactly.
 *
 * @param name the argument, as the message calls it
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function checkPixels(pixels: ArrayLike<unknown>, dims: Vec2, name = 'mask'): void {
  const bad = dims.findIndex((n) => !Number.isInteger(n) || n < 1);
  if (dims.length !== 2 || bad >= 0)
    throw new InputError(
      'volume.dims',
      `dims must be two whole numbers of at least 1; ${'xy'[bad] ?? 'their count'} is ${
        dims[bad] ?? dims.length
      }.`,
    );
  const [nx, ny] = dims;
  if (nx * ny > MAX_PIXELS)
    throw new InputError(
      'volume.too-large',
      `dims ${nx}×${ny} make more than 2^31 pixels; crop or resample the image first.`,
    );
  if (pixels.length !== nx * ny)
    throw new InputError(
      'volume.length',
      `${name} has ${pixels.length} pixels where dims ${nx}×${ny} need ${nx * ny}.`,
    );
}
