import { grown, type Box } from '../volume/box';
import type { Geometry, Vec3 } from '../volume/geometry';
import { coarseGrid, coarseRegion, type Factors } from './coarse';
import type { ModelManifest } from './manifest';
import { OPENING_REACH } from './opening';
import { planTiles, tilesBox, type TilePlan } from './tiles';
import { gridAt, regionOnGrid } from './trainingGrid';

/** A grid that the network runs on, in tiles. */
export interface Pass {
  readonly dims: Vec3;
  /** The part that counts; all unless said. */
  readonly region?: Box;
}

/** A pass over larger voxels. */
export interface CoarsePass extends Pass {
  readonly factors: Factors;
}

/** What of a manifest decides which passes there are and where their tiles lie. */
type Passing = Pick<ModelManifest, 'spacing' | 'coarse' | 'steer' | 'patch' | 'overlap'>;

/**
 * The passes of a run: over the grid of the training, where the model says one, else over the image's own; and over
 * the coarse grid, where the model asks for it. A coarse pass that steers covers all that the tiles of the other one
 * look at.
 *
 * @param region of the image that counts; all unless said
 */
export function passesOf(
  manifest: Passing,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  region: Box | undefined,
): readonly [Pass, CoarsePass?] {
  const { spacing: trained, coarse, steer } = manifest;
  const grid = trained ? gridAt(dims, spacing, trained).dims : dims;
  const fine: Pass = { dims: grid, ...(region && { region: regionOnGrid(region, dims, grid) }) };
  if (!coarse) return [fine];
  const { dims: halved, factors } = coarseGrid(dims, spacing);
  const seen = region && (steer === undefined ? region : tilesBox(tilePlanOf(manifest, fine)));
  const near = seen && coarseRegion(seen, halved, factors);
  const coarseBox = near && grown(near, OPENING_REACH, halved);
  return [fine, { dims: halved, factors, ...(coarseBox && { region: coarseBox }) }];
}

/** Where the tiles of a pass lie. */
export const tilePlanOf = (
  { patch, overlap }: Pick<ModelManifest, 'patch' | 'overlap'>,
  { dims, region }: Pass,
): TilePlan => planTiles(dims, patch, overlap, region);
