import { compile } from '../../webgpu/compile';
import { FULL, UNIT } from '../blend';
import { emptiness } from '../emptyTiles';
import type { ModelManifest } from '../manifest';
import { TOLERANCE } from '../signature';
import { nextTask, throwIfCancelled } from '../tasks';
import { slabDims } from '../tiles';
import type { LayerJob, LayerResult } from './layer';
import { LayerImage } from './layerImage';
import { finishShader, runShader } from './finishShaders';
import {
  blendShader,
  gatherShader,
  voxelTypeOf,
  type LayerPipelines,
  type VoxelType,
} from './shaders';

/** Runs the network on a tile in one buffer of its device, into another. */
export type RunBuffers = (from: GPUBuffer, to: GPUBuffer) => Promise<void>;

type Model = Pick<ModelManifest, 'patch' | 'axes' | 'file' | 'darkest'>;

/** Tiles that the GPU may be given before the first of them is done. */
const AHEAD = 2;

/** Milliseconds after which the sums of a layer under way are read back, in case that the device is lost. */
const KEEP_EVERY = 3000;

/**
 * Layers of tiles on the network's own device: the slab is uploaded once; a tile is normalised, copied out of it, run
 * and blended without leaving the GPU; finished slices are read back once a layer, as bytes, with the sums that the next
 * layer adds to. Nothing stays on the GPU from layer to layer, and the sums of a slow layer are read back every few
 * seconds, so that another device or the processor can go on.
 *
 * The sums are the blender's: 16 bits, each tile's share rounded, so that the order of tiles does not matter.
 */
export class GpuLayers {
  #image: LayerImage | undefined;
  readonly #gathers = new Map<VoxelType, GPUComputePipeline>();
  /** Commands to a lost device are taken and forgotten; only reading back would tell. */
  #isLost = false;

  private constructor(
    private readonly device: GPUDevice,
    private readonly model: Model,
    private readonly runBuffers: RunBuffers,
    private readonly pipelines: Omit<LayerPipelines, 'gather'>,
  ) {
    void device.lost.then(() => (this.#isLost = true));
  }

  /** @throws GpuError `shader` */
  static async open(device: GPUDevice, model: Model, runBuffers: RunBuffers): Promise<GpuLayers> {
    const blend = await compile(device, blendShader(UNIT, TOLERANCE), 'blend');
    const finish = await compile(device, finishShader(UNIT, FULL), 'finish');
    const runs = await compile(device, runShader, 'runs');
    return new GpuLayers(device, model, runBuffers, { blend, finish, runs });
  }

  /**
   * All tiles of a layer.
   *
   * @throws CancelledError; GpuError; Error where an answer is no probability or the device is lost
   */
  async run(job: LayerJob): Promise<LayerResult> {
    const { plan, tz, slab, intensities, passesOver, onTile, signal } = job;
    const image = await this.#imageOf(job);
    const { queue } = this.device;
    const { darkest } = this.model;
    const dims = slabDims(plan);
    const [xs, ys] = plan.starts;
    const running: Promise<unknown>[] = [];
    let { tiles, skipped } = job.state;
    let timed = 0;
    let kept = performance.now();
    image.upload(job);
    for (let tile = tiles + skipped; tile < xs.length * ys.length; tile++) {
      throwIfCancelled(signal);
      if (this.#isLost) throw new Error('the device was lost');
      const [tx, ty] = [tile % xs.length, Math.floor(tile / xs.length)];
      const start = [xs[tx], ys[ty], 0] as const;
      const { dark, flat } = emptiness(
        { data: slab, dims, start, patch: plan.patch, intensities },
        darkest,
      );
      if (dark || passesOver(tx, ty)) {
        onTile(tiles + ++skipped);
        continue;
      }
      if (flat !== undefined && flat === image.flat) {
        image.blend([tx, ty, tz], 'flat');
        skipped++;
      } else {
        image.gather([tx, ty, tz], job, timed);
        await this.runBuffers(...image.ends);
        image.blend([tx, ty, tz], { timed: timed++, value: flat });
        tiles++;
      }
      running.push(queue.onSubmittedWorkDone());
      if (running.length >= AHEAD) await running.shift();
      if (performance.now() - kept > KEEP_EVERY) {
        job.state = { sums: await image.readSums(), tiles, skipped };
        running.length = 0;
        kept = performance.now();
      }
      const done = tiles + skipped - running.length;
      if (done > 0) onTile(done);
      await nextTask();
    }
    const layer = await image.readBack(job, timed);
    if (running.length > 0) onTile(tiles + skipped);
    return { ...layer, tiles, skipped };
  }

  /** Destroys the buffers of the image. */
  close(): void {
    this.#image?.destroy();
    this.#image = undefined;
  }

  /** The image of the layer before, or a new one. */
  async #imageOf(job: LayerJob): Promise<LayerImage> {
    const type = voxelTypeOf(job.slab);
    if (this.#image?.plan === job.plan && this.#image.type === type) return this.#image;
    this.close();
    const { device, model, pipelines } = this;
    const gather = this.#gathers.get(type) ?? (await compile(device, gatherShader(type), 'gather'));
    this.#gathers.set(type, gather);
    this.#image = await LayerImage.open(device, model, { gather, ...pipelines }, job);
    return this.#image;
  }
}
