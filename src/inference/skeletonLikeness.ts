import { checkVoxels } from '../volume/checks';
import { distanceTransform } from '../volume/distanceTransform';
import { InputError } from '../volume/errors';
import type { Vec3 } from '../volume/geometry';
import { maskRows, type MaskRows } from './maskRows';
import { FEATURE_OF, type SkeletonManifest } from './skeletonManifest';
import { rowWidth, type SkeletonNetwork } from './skeletonNetwork';

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
  const voxels = maskRows(mask, dims, manifest.dimensions);
  const { length } = voxels.voxels;
  if (length === 0 || length === mask.length) return likeness;

  const table = new VoxelTable(voxels, manifest);
  table.fill(distanceTransform(mask, dims, [1, 1, 1]));
  const rows = new Float32Array(manifest.rows * rowWidth(manifest));
  const changes = new Float32Array(length * manifest.states);
  for (let iteration = 0; iteration < manifest.iterations; iteration++) {
    for (let first = 0; first < length; first += manifest.rows) {
      const end = Math.min(first + manifest.rows, length);
      table.gather(rows, first, end);
      const answer = await network.run(rows);
      changes.set(answer.subarray(0, (end - first) * manifest.states), first * manifest.states);
    }
    table.add(changes);
  }
  voxels.voxels.forEach((voxel, row) => {
    likeness[voxel] = Math.round(255 / (1 + Math.exp(-table.firstState(row))));
  });
  return likeness;
}

/** What is known of each voxel of a mask: its features, then its states; after the last voxel the background, zeros. */
class VoxelTable {
  private readonly width: number;
  private readonly values: Float32Array;

  constructor(
    private readonly rows: MaskRows,
    private readonly manifest: Pick<SkeletonManifest, 'features' | 'states'>,
  ) {
    this.width = manifest.features.length + manifest.states;
    this.values = new Float32Array((rows.voxels.length + 1) * this.width);
  }

  /** @param distance of each voxel of the volume to the background */
  fill(distance: Float32Array): void {
    const { rows, manifest, values, width } = this;
    manifest.features.forEach((feature, column) =>
      rows.voxels.forEach((voxel, row) => {
        values[row * width + column] = FEATURE_OF[feature](distance[voxel]);
      }),
    );
  }

  /** What the neighbours of the rows from `first` to before `end` have, one after the other. */
  gather(into: Float32Array, first: number, end: number): void {
    const { rows, values, width } = this;
    let at = 0;
    for (let i = first * rows.around; i < end * rows.around; i++) {
      const from = rows.neighbours[i] * width;
      for (let column = 0; column < width; column++) into[at++] = values[from + column];
    }
  }

  /** @param changes of the states of each row */
  add(changes: Float32Array): void {
    const { manifest, values, width } = this;
    for (let i = 0, row = manifest.features.length; i < changes.length; row += width)
      for (let state = 0; state < manifest.states; state++) values[row + state] += changes[i++];
  }

  firstState(row: number): number {
    return this.values[row * this.width + this.manifest.features.length];
  }
}
