import type { Box } from '../volume/box';
import type { Geometry, Vec3 } from '../volume/geometry';
import { coarseGrid, coarseRegion, type Factors } from './coarse';
import type { ModelManifest } from './manifest';
import { planTiles } from './tiles';
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

/**
 * The passes of a run: over the grid of the training, where the model says one, else over the image's own; then over
 * the coarse grid, where the model asks for it.
 *
 * @param region of the image that counts; all unless said
 */
export function passesOf(
  { spacing: trained, coarse }: Pick<ModelManifest, 'spacing' | 'coarse'>,
  { dims, spacing }: Pick<Geometry, 'dims' | 'spacing'>,
  region: Box | undefined,
): readonly [Pass, CoarsePass?] {
  const grid = trained ? gridAt(dims, spacing, trained).dims : dims;
  const fine: Pass = { dims: grid, ...(region && { region: regionOnGrid(region, dims, grid) }) };
  if (!coarse) return [fine];
  const { dims: halved, factors } = coarseGrid(dims, spacing);
  const coarseBox = region && coarseRegion(region, halved, factors);
  return [fine, { dims: halved, factors, ...(coarseBox && { region: coarseBox }) }];
}

/** Tiles of a pass. */
export const tilesOf = (
  { patch, overlap }: Pick<ModelManifest, 'patch' | 'overlap'>,
  { dims, region }: Pass,
): number => planTiles(dims, patch, overlap, region).count;
