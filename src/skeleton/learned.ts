import { labelComponents } from '../topology/components';
import { checkSameLength, checkVoxels } from '../volume/checks';
import { distanceTransform } from '../volume/distanceTransform';
import type { Vec3 } from '../volume/geometry';
import { neighbourCount } from './neighbours';
import { thinByScore } from './ordered';
import { skeletonize } from './thinning';

/**
 * Likeness (0 … 255) from which a voxel is skeleton to the network. It is less than half, as networks doubt ends most;
 * what is too much of it in the middle of a vessel is thinned.
 */
const SURE = 64;
/** A piece of the network's skeleton with fewer voxels says nothing about ends. */
const LEAST_PIECE = 4;

/**
 * Thin a mask in the order and to the ends that a network proposes. Components, loops and cavities are the mask's,
 * whatever the network says (see {@link thinByScore}); its part is where the line runs and which bumps of the surface
 * are no branches.
 *
 * The lowest voxels of distance to the background + likeness go first. Ends of the network's own skeleton, thinned,
 * never go; other ends do.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]
 * @param likeness of each voxel to be on the skeleton, 0 … 255 for 0 … 1
 * @returns 0 or 1
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function thinByNetwork(mask: Uint8Array, dims: Vec3, likeness: Uint8Array): Uint8Array {
  checkVoxels(mask, dims, 'mask');
  checkSameLength(likeness, mask, ['likeness', 'mask']);
  const score = distanceTransform(mask, dims, [1, 1, 1]);
  let deepest = 0;
  for (const distance of score) if (distance < Infinity) deepest = Math.max(deepest, distance);
  for (let i = 0; i < score.length; i++)
    score[i] = Math.min(1, score[i] / Math.max(1, deepest)) + likeness[i] / 255;
  for (const end of proposedEnds(mask, dims, likeness)) score[end] = Infinity;
  return thinByScore(mask, dims, score, { anchor: Infinity, keepEnds: false });
}

/** Voxels where the network's skeleton ends, inside the mask. */
function proposedEnds(mask: Uint8Array, dims: Vec3, likeness: Uint8Array): number[] {
  const sure = mask.map((value, v) => Number(value !== 0 && likeness[v] >= SURE));
  const line = skeletonize(sure, dims);
  const pieces = labelComponents(line, dims, 26);
  const ends: number[] = [];
  for (let v = line.indexOf(1); v >= 0; v = line.indexOf(1, v + 1))
    if (
      pieces.sizes[pieces.componentAt(v) - 1] >= LEAST_PIECE &&
      neighbourCount(line, dims, v) === 1
    )
      ends.push(v);
  return ends;
}
