import type { Vec3 } from '@vessels/volume/geometry';
import { blank, direction, tube, type Canvas } from './paint';
import { random } from './random';

/** Straight tubes of one radius and length (voxels), scattered evenly until they fill a share of the volume. */
export function scattered(
  dims: Vec3,
  radius: number,
  length: number,
  density: number,
  seed: number,
): Canvas {
  const canvas = blank(dims);
  const next = random(seed);
  const wanted = density * canvas.mask.length;
  for (let painted = 0; painted < wanted;) {
    const from = dims.map((n) => next() * (n - 1)) as unknown as Vec3;
    const along = direction(next);
    const to = from.map((c, axis) => c + length * along[axis]) as unknown as Vec3;
    painted += tube(canvas, from, to, radius);
  }
  return canvas;
}
