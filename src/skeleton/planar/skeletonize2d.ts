import type { ThinningMode } from '../thinning';
import { thinHomotopic } from './homotopic';
import { checkPixels, type Vec2 } from './dims';
import { thinZhangSuen } from './zhangSuen';

const THIN: Readonly<Record<ThinningMode, (mask: Uint8Array, dims: Vec2) => Uint8Array>> =
  Object.freeze({ safe: thinHomotopic, compatible: thinZhangSuen });

/**
 * The centerline of a flat mask, by peeling (8-connected foreground, 4-connected background).
 *
 * - `safe`: homotopic. Components and holes of the skeleton are the mask's; a pixel goes only where it is simple
 *   and ends no line, so ends of branches stay. One pixel thin: what is left could not lose another pixel by
 *   these rules, and is its own skeleton.
 * - `compatible`: pixel for pixel scikit-image's 2-D `skeletonize` (method `zhang`; Zhang & Suen 1984 with that
 *   library's look-up table) of the array `mask.reshape(ny, nx)`: its rows are our y, its columns our x. The
 *   result depends on that order; for an array indexed [x, y] hand in the transpose. Unlike the rule of the paper
 *   the table keeps components and holes; but it may eat a slanting stroke from an end, over tens of pixels. For
 *   comparison with published numbers.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny]
 * @returns 0 or 1, x fastest
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function skeletonize2d(
  mask: Uint8Array,
  dims: Vec2,
  mode: ThinningMode = 'safe',
): Uint8Array {
  checkPixels(mask, dims);
  return THIN[mode](mask, dims);
}
