import type { Vec3 } from '../volume/geometry';
import { infer } from './infer';
import type { ModelManifest } from './manifest';
import type { Network } from './network';

/**
 * How likely each voxel of a mask is on its skeleton, by a learned skeletonizer (after Skelite, Vargas et al. 2025).
 * Of the tiles without foreground one is run. The answer is no skeleton: its topology is not the mask's; `thinByNetwork`
 * makes one of it.
 *
 * @param mask 0 or 1, x fastest
 * @param dims [nx, ny, nz]
 * @param manifest of a network that takes a mask as it is
 * @returns 0 … 255 for 0 … 1; 0 outside the mask
 */
export async function skeletonLikeness(
  mask: Uint8Array,
  dims: Vec3,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
): Promise<Uint8Array> {
  const first = mask.indexOf(1);
  // A mask of one value alone has no surface to peel.
  if (first < 0 || mask.indexOf(0) < 0) return new Uint8Array(mask.length);
  const geometry = {
    dims,
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as const;
  return (await infer({ data: mask, geometry }, manifest, network)).probability;
}
