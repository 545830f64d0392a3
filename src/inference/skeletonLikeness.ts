import { checkVoxels } from '../volume/checks';
import { distanceTransform } from '../volume/distanceTransform';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { lowerBound } from '../volume/lowerBound';
import { maskRows, type MaskRows } from './maskRows';
import { FEATURE_OF, type SkeletonManifest } from './skeletonManifest';
import type { SkeletonNetwork } from './skeletonNetwork';

/**
 * How likely each voxel of a mask is on its skeleton, by a learned skeletonizer (after Skelite, Vargas et al. 2025):
 * a small net says of each voxel, from what it knows of the voxels around, how its states change; several times. Only
 * voxels of the mask are looked at. The answer is no skeleton: its topology is not the mask's; `thinByNetwork` makes
 * one of it.
 *
 * @param mask any value but 0 is foreground; x fastest
 * @param dims [nx, ny, nz]; nz is 1 for a skeletonizer of images
 * @returns 0 … 255 for 0 … 1; 0 outside the mask, and everywhere where a mask has no surface
 * @throws InputError `skeleton.dimensions`; `volume.length`, `volume.dims`, `volume.too-large`; those of the network
 */
export async function skeletonLikeness(
  mask: Uint8Array,
  dims: Vec3,
  manifest: SkeletonManifest,
  network: Pick<SkeletonNetwork, 'run'>,
): Promise<Uint8Array> {
  checkVoxels(mask, dims);
  if (manifest.dimensions === 2 && dims[2] !== 1)
    throw new InputError(
      'skeleton.dimensions',
      `${manifest.id} is for images, and the mask has ${dims[2]} slices; choose a skeletonizer of volumes.`,
    );
  const likeness = new Uint8Array(mask.length);
  const rows = maskRows(mask, dims, manifest.dimensions);
  const { voxels } = rows;
  if (voxels.length === 0 || voxels.length === mask.length) return likeness;

  const features = featuresOf(voxels, distanceTransform(mask, dims, [1, 1, 1]), manifest);
  const width = manifest.features.length;
  const reach = manifest.iterations * (1 + dims[0] + dims[0] * dims[1]);
  for (let from = 0; from < voxels.length; from += manifest.rows) {
    const to = Math.min(voxels.length, from + manifest.rows);
    // Nothing that lies farther away in raster order is seen from here.
    const first = lowerBound(voxels, voxels[from] - reach);
    const end = lowerBound(voxels, voxels[to - 1] + reach + 1);
    const answer = await network.run(
      features.subarray(first * width, end * width),
      neighboursAmong(rows, first, end),
    );
    for (let row = from; row < to; row++)
      likeness[voxels[row]] = Math.round(255 * answer[row - first]);
  }
  return likeness;
}

/**
 * What is known of each voxel from the start, voxel after voxel.
 *
 * @param distance of each voxel of the volume to the background
 */
function featuresOf(
  voxels: Uint32Array,
  distance: Float32Array,
  { features }: Pick<SkeletonManifest, 'features'>,
): Float32Array {
  const known = new Float32Array(voxels.length * features.length);
  features.forEach((feature, column) =>
    voxels.forEach((voxel, row) => {
      known[row * features.length + column] = FEATURE_OF[feature](distance[voxel]);
    }),
  );
  return known;
}

/** The neighbours of the rows from `first` to before `end`, counted from the first; others are background. */
function neighboursAmong({ neighbours, around }: MaskRows, first: number, end: number): Int32Array {
  return neighbours
    .subarray(first * around, end * around)
    .map((row) => (row >= first && row < end ? row : end) - first);
}
