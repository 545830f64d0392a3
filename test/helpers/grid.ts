import type { Vec3 } from '@vessels/volume/geometry';
import { fill, type Drawn } from './draw';

const at = ({ mask, dims }: Drawn, [x, y, z]: Vec3) => mask[x + dims[0] * (y + dims[1] * z)];

/** The same shape with its axes in another order: axis a of the result is axis order[a] of the shape. */
export function permute(shape: Drawn, order: Vec3): Drawn {
  const dims = order.map((axis) => shape.dims[axis]) as unknown as Vec3;
  return fill(dims, (...index) => {
    const source: [number, number, number] = [0, 0, 0];
    order.forEach((axis, a) => (source[axis] = index[a]));
    return at(shape, source) !== 0;
  });
}

/** The shape mirrored along an axis. */
export const flip = (shape: Drawn, axis: 0 | 1 | 2): Drawn =>
  fill(shape.dims, (...index) => {
    index[axis] = shape.dims[axis] - 1 - index[axis];
    return at(shape, index) !== 0;
  });

/** The shape with a margin of background on all sides. */
export function pad(shape: Drawn, margin: number): Drawn {
  const [nx, ny, nz] = shape.dims;
  const inside = (v: number, n: number) => v >= margin && v < n + margin;
  return fill(
    [nx + 2 * margin, ny + 2 * margin, nz + 2 * margin],
    (x, y, z) =>
      inside(x, nx) &&
      inside(y, ny) &&
      inside(z, nz) &&
      at(shape, [x - margin, y - margin, z - margin]) !== 0,
  );
}

/** The shape of one label of a labelmap. */
export const labelOf = (labels: ArrayLike<number>, dims: Vec3, label: number): Drawn =>
  where(labels, dims, (v) => v === label);

/** All labels of a labelmap as one mask. */
export const merged = (labels: ArrayLike<number>, dims: Vec3): Drawn =>
  where(labels, dims, (v) => v !== 0);

function where(labels: ArrayLike<number>, dims: Vec3, inside: (label: number) => boolean): Drawn {
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < mask.length; i++) if (inside(labels[i])) mask[i] = 1;
  return { mask, dims };
}
