import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import type { Volume } from '../volume/volume';
import { Blender } from './blend';
import { gatherTile } from './gather';
import type { ModelManifest } from './manifest';
import type { Network } from './network';
import { intensityMap } from './normalise';
import { nextTask, throwIfCancelled } from './tasks';
import { planTiles } from './tiles';

export interface InferenceOptions {
  /** After each tile. */
  readonly onTile?: (done: number, total: number) => void;
  /** Asked before each tile. */
  readonly signal?: AbortSignal;
}

export interface Inference {
  /** Probability 0 … 1 of each voxel as a byte 0 … 255, x fastest. */
  readonly probability: Uint8Array;
  /** Tiles run. */
  readonly tiles: number;
  /** Bytes of all arrays made, besides the network's own. */
  readonly bytes: number;
}

/**
 * Probability map of a volume: normalise, run the network on overlapping tiles, blend them. The volume is only
 * read. The event loop is let in after each tile.
 *
 * @throws CancelledError; InputError `volume.length`, those of {@link intensityMap} and of the network's run
 */
export async function infer(
  { data, geometry: { dims } }: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
  { onTile, signal }: InferenceOptions = {},
): Promise<Inference> {
  checkVoxels(data, dims, 'the image');
  const { patch, overlap } = manifest;
  const intensities = intensityMap(data, manifest);
  const plan = planTiles(dims, patch, overlap);
  const blender = new Blender(plan);
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  const [xs, ys, zs] = plan.starts;
  let done = 0;

  const runTile = async (place: Vec3) => {
    throwIfCancelled(signal);
    const start: Vec3 = [xs[place[0]], ys[place[1]], zs[place[2]]];
    gatherTile(data, dims, start, patch, intensities, tile);
    blender.add(await network.run(tile), place);
    done++;
    onTile?.(done, plan.count);
    await nextTask();
  };
  for (const tz of zs.keys()) {
    for (const ty of ys.keys()) for (const tx of xs.keys()) await runTile([tx, ty, tz]);
    blender.finishLayer(tz);
  }
  return {
    probability: blender.probability,
    tiles: done,
    bytes: blender.bytes + 2 * tile.byteLength,
  };
}
