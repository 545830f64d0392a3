import type { Box } from '../volume/box';
import type { Vec3 } from '../volume/geometry';
import { Blender } from './blend';
import { passingFlatTiles } from './flatTiles';
import { gatherTile } from './gather';
import type { ModelManifest } from './manifest';
import type { Network } from './network';
import type { IntensityMap } from './normalise';
import type { SlabSource } from './slabs';
import { nextTask, throwIfCancelled } from './tasks';
import { planTiles } from './tiles';

export interface InferenceOptions {
  /** After each tile. */
  readonly onTile?: (done: number, total: number) => void;
  /** Asked before each tile. */
  readonly signal?: AbortSignal;
  /** Alone is looked at: tiles that do not meet it are not run. Its voxels are those of a run on the whole image. */
  readonly region?: Box;
}

/**
 * Takes the finished slices from `z` on, x fastest; they come in rising order, each once. With a region, only those
 * that a tile reaches.
 */
export type SlabSink = (z: number, probability: Uint8Array) => void | Promise<void>;

export interface SlabInference {
  /** Tiles that the network ran. */
  readonly tiles: number;
  /** Tiles that were answered without it. */
  readonly skipped: number;
  /** Bytes of all arrays made, besides the network's own and the slab that is read. */
  readonly bytes: number;
}

/**
 * Run a network over an image, slab by slab: normalise, run overlapping tiles, blend them, hand the finished slices
 * on. Holds one slab of the image, as thick as a tile, and the blender's window; neither grows with the image's
 * depth. The event loop is let in after each tile.
 *
 * Tiles of one value are run once; see {@link passingFlatTiles}.
 *
 * @param intensities from {@link intensityMap} of the whole image
 * @throws CancelledError; InputError of the network's run
 */
export async function inferSlabs(
  source: SlabSource,
  intensities: IntensityMap,
  { patch, overlap }: Pick<ModelManifest, 'patch' | 'overlap'>,
  network: Pick<Network, 'run'>,
  sink: SlabSink,
  { onTile, signal, region }: InferenceOptions = {},
): Promise<SlabInference> {
  const { dims } = source;
  const plan = planTiles(dims, patch, overlap, region);
  const blender = new Blender(plan);
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  const [xs, ys, zs] = plan.starts;
  const passing = passingFlatTiles(network);

  for (const [tz, z] of zs.entries()) {
    throwIfCancelled(signal);
    const depth = Math.min(patch[2], dims[2]);
    const slab = await source.read(z, z + depth);
    const slabDims: Vec3 = [dims[0], dims[1], depth];
    for (const [ty, y] of ys.entries())
      for (const [tx, x] of xs.entries()) {
        throwIfCancelled(signal);
        gatherTile(slab, slabDims, [x, y, 0], patch, intensities, tile);
        blender.add(await passing.run(tile), [tx, ty, tz]);
        onTile?.(passing.tiles + passing.skipped, plan.count);
        await nextTask();
      }
    const finished = blender.finishLayer(tz);
    await sink(finished.z, finished.probability);
  }
  const { tiles, skipped } = passing;
  return { tiles, skipped, bytes: blender.bytes + 2 * tile.byteLength };
}
