import type { Box } from '../volume/box';
import { runsOfSlices } from '../topology/sliceRuns';
import type { MaskRuns, Runs } from '../topology/runs';
import { Blender } from './blend';
import { raise, type CoarseAnswer } from './coarse';
import { emptiness } from './emptyTiles';
import { gatherTile } from './gather';
import type { ModelManifest } from './manifest';
import type { Network } from './network';
import type { IntensityMap } from './normalise';
import type { SlabSource } from './slabs';
import { nextTask, throwIfCancelled } from './tasks';
import { depthOf, planTiles, slabDims, tileBox, type TilePlan } from './tiles';
import { bothSeconds, type GpuSeconds, type LayerJob, type LayerResult } from './webgpu/layer';

export interface InferenceOptions {
  /** After each tile. */
  readonly onTile?: (done: number, total: number) => void;
  /** Asked before each tile. */
  readonly signal?: AbortSignal;
  /** Alone is looked at: tiles that do not meet it are not run. Its voxels are those of a run on the whole image. */
  readonly region?: Box;
  /** Bytes (0 … 255 for 0 … 1) from this on are vessel: where the GPU finishes slices it finds their runs. */
  readonly least?: number;
}

export interface SlabOptions extends InferenceOptions {
  /** The slices are raised to what a coarse pass said before. */
  readonly coarse?: CoarseAnswer;
  /** Whether a tile that looks at this box is known to hold no vessel: it is not run. */
  readonly passesOver?: (box: Box) => boolean;
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
  /** What the GPU spent on the steps of tiles, where whole layers ran there and it has a clock. */
  readonly gpuSeconds?: GpuSeconds;
  /** Runs of the vessels, where they were asked for and the GPU found them in all slices. */
  readonly runs?: MaskRuns;
  /** Bytes of all arrays made, besides the network's own and the slab that is read. */
  readonly bytes: number;
}

/**
 * Run a network over an image, slab by slab: normalise, run overlapping tiles, blend them, hand the finished slices
 * on. Holds one slab of the image, as thick as a tile, and the blender's window; neither grows with the image's
 * depth. The event loop is let in after each tile.
 *
 * Empty tiles are passed over: one in which no voxel is as bright as the darkest vessel, where the manifest says how
 * dark that is, has probability 0; one of a single value gets the answer to the last such tile. Where the network runs
 * whole layers on the GPU it is given those; what it has done stays when it cannot go on, and the rest is done here tile
 * by tile.
 *
 * @param intensities from {@link intensityMap} of the whole image
 * @throws CancelledError; InputError of the network's run
 */
export async function inferSlabs(
  source: SlabSource,
  intensities: IntensityMap,
  manifest: Pick<ModelManifest, 'patch' | 'overlap' | 'darkest'>,
  network: Pick<Network, 'run' | 'layers'>,
  sink: SlabSink,
  { onTile, signal, region, least, coarse, passesOver }: SlabOptions = {},
): Promise<SlabInference> {
  const { dims } = source;
  const { patch } = manifest;
  const plan = planTiles(dims, patch, manifest.overlap, region);
  const { layers } = network;
  const here = layersHere(plan, intensities, manifest, network);
  const total = { tiles: 0, skipped: 0 };
  let gpuSeconds: GpuSeconds | undefined;
  let carried = NOTHING;
  const runs: Runs[] = [];
  try {
    for (const [tz, z] of plan.starts[2].entries()) {
      throwIfCancelled(signal);
      const slab = await source.read(z, z + depthOf(plan));
      const before = total.tiles + total.skipped;
      const job: LayerJob = {
        plan,
        tz,
        slab,
        intensities,
        ...(coarse && { coarse }),
        ...(!region && { least }),
        passesOver: (tx, ty) => passesOver?.(tileBox(plan, [tx, ty, tz])) ?? false,
        state: { sums: carried, tiles: 0, skipped: 0 },
        signal,
        onTile: (done) => onTile?.(before + done, plan.count),
      };
      const layer = (await layers?.run(job)) ?? (await here.run(job));
      carried = layer.carried;
      total.tiles += layer.tiles;
      total.skipped += layer.skipped;
      gpuSeconds = bothSeconds(gpuSeconds, layer.seconds);
      if (layer.runs) runs.push(layer.runs);
      await sink(z, layer.probability);
    }
  } finally {
    layers?.close();
  }
  const isComplete = runs.length === plan.starts[2].length;
  return {
    ...total,
    ...(gpuSeconds && { gpuSeconds }),
    ...(isComplete && { runs: runsOfSlices(runs, dims) }),
    bytes: here.bytes,
  };
}

/** Layers of tiles in this thread, the network run on one after the other. */
function layersHere(
  plan: TilePlan,
  intensities: IntensityMap,
  { darkest }: Pick<ModelManifest, 'darkest'>,
  network: Pick<Network, 'run'>,
) {
  const { patch, starts } = plan;
  const dims = slabDims(plan);
  let work: { readonly blender: Blender; readonly tile: Float32Array } | undefined;
  /** The last answer to a tile of one value. */
  let flat: { readonly value: number; readonly answer: Float32Array } | undefined;

  /** At the first layer that comes here: none may. */
  function begin({ tz, state }: LayerJob) {
    const blender = new Blender(plan);
    blender.restore(tz, state.sums);
    return { blender, tile: new Float32Array(patch[0] * patch[1] * patch[2]) };
  }

  return {
    get bytes() {
      return work ? work.blender.bytes + 2 * work.tile.byteLength : 0;
    },
    async run(job: LayerJob): Promise<LayerResult> {
      const { blender, tile } = (work ??= begin(job));
      const { slab, tz, coarse, passesOver, onTile, signal } = job;
      const [xs, ys] = starts;
      let { tiles, skipped } = job.state;
      for (let i = tiles + skipped; i < xs.length * ys.length; i++) {
        throwIfCancelled(signal);
        const [tx, ty] = [i % xs.length, Math.floor(i / xs.length)];
        const start = [xs[tx], ys[ty], 0] as const;
        const { dark, flat: value } = emptiness(
          { data: slab, dims, start, patch, intensities },
          darkest,
        );
        if (dark || passesOver(tx, ty)) skipped++;
        else if (value !== undefined && value === flat?.value) {
          blender.add(flat.answer, [tx, ty, tz]);
          skipped++;
        } else {
          gatherTile(slab, dims, start, patch, intensities, tile);
          const answer = await network.run(tile);
          if (value !== undefined) flat = { value, answer };
          blender.add(answer, [tx, ty, tz]);
          tiles++;
        }
        onTile(i + 1);
        await nextTask();
      }
      const { z, probability } = blender.finishLayer(tz);
      if (coarse) raise(probability, z, plan.dims, coarse);
      return { probability, carried: NOTHING, tiles, skipped };
    },
  };
}

/** Sums stay in the window of the blender. */
const NOTHING: Uint16Array = new Uint16Array(0);
