import { cut, paste, wholeOf, type Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import { FULL } from './blend';

/** How far a voxel's opened value looks, voxels. */
export const OPENING_REACH = 2;

/**
 * Grey opening with a cube of 3×3×3: a voxel keeps the greatest value that all voxels of one such cube around it reach,
 * so what is thinner than three voxels fades into what lies beside it, and what is wider stays. At the border the cube
 * ends. No value rises.
 *
 * @param values changed in place; x fastest
 * @param box that is opened, as if it were the volume; all unless said
 */
export function greyOpening(values: Uint8Array, dims: Vec3, box: Box = wholeOf(dims)): void {
  const part = cut(values, dims, box);
  erode(part, box.dims);
  invert(part);
  erode(part, box.dims);
  invert(part);
  if (part !== values) paste(part, values, dims, box);
}

/** Each value becomes the least of its 3×3×3 neighbourhood, one axis after the other. */
function erode(values: Uint8Array, dims: Vec3): void {
  let step = 1;
  for (const n of dims) {
    const before = new Uint8Array(step);
    for (let line = 0; line < values.length; line += step * n) {
      before.fill(FULL);
      const last = line + step * (n - 1);
      for (let from = line; from <= last; from += step)
        for (let k = 0, i = from; k < step; k++, i++) {
          const own = values[i];
          const behind = from < last ? values[i + step] : FULL;
          const least = own < behind ? own : behind;
          values[i] = least < before[k] ? least : before[k];
          before[k] = own;
        }
    }
    step *= n;
  }
}

function invert(values: Uint8Array): void {
  for (let i = 0; i < values.length; i++) values[i] = FULL - values[i];
}
