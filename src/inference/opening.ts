import type { Vec3 } from '../volume/geometry';

/** How far a voxel's opened value looks, voxels. */
export const OPENING_REACH = 2;

/**
 * Grey opening with a cube of 3×3×3: a voxel keeps the greatest value that all voxels of one such cube around it reach,
 * so what is thinner than three voxels fades into what lies beside it, and what is wider stays. At the border the cube
 * ends. No value rises.
 *
 * @param values changed in place; x fastest
 */
export function open(values: Uint8Array, dims: Vec3): void {
  extremes(values, dims, Math.min);
  extremes(values, dims, Math.max);
}

/** Each value becomes the extreme of those of its 3×3×3 neighbourhood, one axis after the other. */
function extremes(values: Uint8Array, dims: Vec3, extreme: (a: number, b: number) => number): void {
  let step = 1;
  for (const n of dims) {
    const before = new Uint8Array(step);
    for (let line = 0; line < values.length; line += step * n)
      for (let at = 0; at < n; at++)
        for (let k = 0; k < step; k++) {
          const i = line + at * step + k;
          const own = values[i];
          let value = own;
          if (at > 0) value = extreme(value, before[k]);
          if (at < n - 1) value = extreme(value, values[i + step]);
          before[k] = own;
          values[i] = value;
        }
    step *= n;
  }
}
