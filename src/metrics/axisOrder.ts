import { skeletonOfBits, skeletonize, type ThinningMode } from '../skeleton/thinning';
import { packBits, unpackBits, type BitVolume } from '../volume/bits';
import type { Vec3 } from '../volume/geometry';

/**
 * Orders in which thinning may take the axes of a volume: `zyx` thins the array whose first axis is z, as
 * SimpleITK and many NumPy readers give it. Lee's thinning is not symmetric, so skeletons and clDice depend on it.
 */
export const AXIS_ORDERS = Object.freeze({
  xyz: [0, 1, 2],
  xzy: [0, 2, 1],
  yxz: [1, 0, 2],
  yzx: [1, 2, 0],
  zxy: [2, 0, 1],
  zyx: [2, 1, 0],
}) satisfies Readonly<Record<string, Vec3>>;

export type AxisOrder = keyof typeof AXIS_ORDERS;

/**
 * The skeleton of a mask, thinned with its axes in an order, on the mask's own grid.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @returns 0 or 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonInOrder(
  mask: Uint8Array,
  dims: Vec3,
  mode: ThinningMode,
  axes: AxisOrder,
): Uint8Array {
  if (axes === 'xyz') return skeletonize(mask, dims, mode);
  const order = AXIS_ORDERS[axes];
  const turned = turn(mask, dims, order);
  const skeleton = skeletonize(turned.mask, turned.dims, mode);
  const back: Vec3 = [order.indexOf(0), order.indexOf(1), order.indexOf(2)];
  return turn(skeleton, turned.dims, back).mask;
}

/** {@link skeletonInOrder} of a packed mask; packed along z. */
export const skeletonOfBitsInOrder = (
  mask: BitVolume,
  mode: ThinningMode,
  axes: AxisOrder,
): BitVolume =>
  axes === 'xyz'
    ? skeletonOfBits(mask, mode)
    : packBits(skeletonInOrder(unpackBits(mask), mask.dims, mode, axes), mask.dims, 'z');

/** The volume with its axes in another order: axis a of the result is axis order[a]. */
function turn(mask: Uint8Array, dims: Vec3, order: Vec3): { mask: Uint8Array; dims: Vec3 } {
  const steps = [1, dims[0], dims[0] * dims[1]];
  const [na, nb, nc] = order.map((axis) => dims[axis]);
  const [sa, sb, sc] = order.map((axis) => steps[axis]);
  const turned = new Uint8Array(mask.length);
  for (let c = 0, at = 0; c < nc; c++)
    for (let b = 0; b < nb; b++)
      for (let from = c * sc + b * sb, end = at + na; at < end; at++, from += sa)
        turned[at] = mask[from];
  return { mask: turned, dims: [na, nb, nc] };
}
