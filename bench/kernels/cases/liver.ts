import type { Vec3 } from '@vessels/volume/geometry';
import { ball, blank, type Canvas } from './paint';
import { tree } from './tree';

/** Balls whose union is the organ: centre (shares of the dims) and radius (share of the first). */
const LOBES: readonly (readonly [x: number, y: number, z: number, radius: number])[] =
  Object.freeze([
    [0.45, 0.5, 0.5, 0.27],
    [0.62, 0.48, 0.54, 0.19],
    [0.36, 0.56, 0.42, 0.2],
  ]);

/**
 * A thick mask: an organ of the size of a liver and a vascular tree that runs into it; inside the organ the
 * vessels' lumen is left out, outside they are drawn.
 */
export function liver(dims: Vec3, seed: number): Canvas {
  const organ = blank(dims);
  for (const [x, y, z, radius] of LOBES)
    ball(organ, [x * dims[0], y * dims[1], z * dims[2]], radius * dims[0]);
  const vessels = tree(
    dims,
    { radius: [8, 1.5], density: 0.035, root: [0.5, 0.06, 0.5] },
    seed,
  ).mask;
  organ.mask.forEach((value, v) => (organ.mask[v] = value ^ vessels[v]));
  return organ;
}
