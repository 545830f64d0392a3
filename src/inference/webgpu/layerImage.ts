import type { Vec3 } from '../../volume/geometry';
import type { Voxels } from '../../volume/volume';
import { allocate, type Buffers } from '../../webgpu/buffers';
import { dispatch } from '../../webgpu/dispatch';
import { weightsAlong } from '../blend';
import { coarseSlices } from '../coarse';
import type { ModelManifest } from '../manifest';
import { finishedSlices, slabDims, type TilePlan } from '../tiles';
import type { LayerJob, LayerResult } from './layer';
import { layerBufferSizes, MOMENTS, readBackOf, type LayerBuffer } from './layerBuffers';
import { encodeEnd, readEnd, type LayerEnd } from './layerEnd';
import {
  blendParams,
  finishParams,
  fromRows,
  gatherParams,
  runParams,
  tensorSteps,
  toRows,
} from './params';
import { voxelTypeOf, WORKGROUP, WRONG, type LayerPipelines, type VoxelType } from './shaders';
import { secondsOf, TileClock } from './tileClock';

/** One image on the GPU: its buffers, and what is done with them. */
export class LayerImage {
  /** Value of the tile whose answer lies in the buffer `flat`. */
  flat: number | undefined;
  readonly #clock: TileClock | undefined;
  readonly #steps: Vec3;

  private constructor(
    private readonly device: GPUDevice,
    private readonly manifest: Pick<ModelManifest, 'patch' | 'axes' | 'file'>,
    private readonly pipelines: LayerPipelines,
    readonly plan: TilePlan,
    readonly type: VoxelType,
    private readonly buffers: Buffers<LayerBuffer>,
  ) {
    this.#clock = TileClock.of(device, buffers.of.timestamps);
    this.#steps = tensorSteps(manifest);
  }

  /** @throws GpuError `limit`, `memory` */
  static async open(
    device: GPUDevice,
    manifest: Pick<ModelManifest, 'patch' | 'axes' | 'file'>,
    pipelines: LayerPipelines,
    { plan, slab, coarse }: LayerJob,
  ): Promise<LayerImage> {
    const buffers = await allocate(device, layerBufferSizes(plan, slab.BYTES_PER_ELEMENT, coarse));
    const weights = plan.starts.flatMap((along, axis) =>
      weightsAlong(along, plan.patch[axis]).flatMap((tile) => [...tile]),
    );
    device.queue.writeBuffer(buffers.of.weights, 0, Float32Array.from(weights));
    return new LayerImage(device, manifest, pipelines, plan, voxelTypeOf(slab), buffers);
  }

  destroy(): void {
    this.buffers.destroy();
    this.#clock?.destroy();
  }

  /** The tile that goes into the network, and its answer. */
  get ends(): readonly [GPUBuffer, GPUBuffer] {
    return [this.buffers.of.tile, this.buffers.of.answer];
  }

  /** Begin a layer: the slab and the sums that were carried into it. */
  upload({ tz, slab, coarse, least, state: { sums } }: LayerJob): void {
    const { of } = this.buffers;
    const { queue } = this.device;
    writeVoxels(queue, of.image, slab);
    const encoder = this.device.createCommandEncoder();
    encoder.clearBuffer(of.sums);
    encoder.clearBuffer(of.wrong);
    queue.submit([encoder.finish()]);
    if (sums.length > 0) queue.writeBuffer(of.sums, 0, toRows(sums, this.plan.dims[0]));
    queue.writeBuffer(of.finishParams, 0, finishParams(this.plan, tz, coarse));
    if (least !== undefined) queue.writeBuffer(of.runParams, 0, runParams(this.plan, tz, least));
    if (!coarse) return;
    const slices = coarseSlices(this.plan.starts[2][tz], finishedSlices(this.plan, tz), coarse);
    const [from, to] = slices.map((z) => z * coarse.dims[0] * coarse.dims[1]);
    writeVoxels(queue, of.coarse, coarse.probability.subarray(from, to));
  }

  /** @param timed number of the tile among those that are run */
  gather([tx, ty]: Vec3, { intensities }: LayerJob, timed: number): void {
    const { plan, pipelines } = this;
    const { of } = this.buffers;
    const [px, py, pz] = plan.patch;
    const params = gatherParams(plan, slabDims(plan)[2], [tx, ty], this.#steps, intensities);
    this.device.queue.writeBuffer(of.gatherParams, 0, params);
    const encoder = this.device.createCommandEncoder();
    dispatch(
      this.device,
      encoder,
      pipelines.gather,
      [of.gatherParams, of.image, of.tile],
      [Math.ceil((px * py) / WORKGROUP), pz],
      this.#clock?.gathering(timed),
    );
    this.device.queue.submit([encoder.finish()]);
  }

  /**
   * Add the network's answer, or that to the last tile of one value.
   *
   * @param value of the tile, where it has but one: its answer is kept
   */
  blend(place: Vec3, answer: { timed: number; value: number | undefined } | 'flat'): void {
    const { plan, pipelines } = this;
    const { of } = this.buffers;
    this.device.queue.writeBuffer(of.blendParams, 0, blendParams(plan, place, this.#steps));
    const encoder = this.device.createCommandEncoder();
    const isFlat = answer === 'flat';
    if (!isFlat && answer.value !== undefined) {
      encoder.copyBufferToBuffer(of.answer, 0, of.flat, 0, of.flat.size);
      this.flat = answer.value;
    }
    const [width, height] = [0, 1].map((axis) => Math.min(plan.dims[axis], plan.patch[axis]));
    const words = Math.floor(width / 2) + 1;
    dispatch(
      this.device,
      encoder,
      pipelines.blend,
      [of.blendParams, isFlat ? of.flat : of.answer, of.weights, of.sums, of.wrong],
      [Math.ceil((words * height) / WORKGROUP), slabDims(plan)[2]],
      isFlat ? undefined : this.#clock?.blending(answer.timed),
    );
    this.device.queue.submit([encoder.finish()]);
  }

  /**
   * The end of a layer.
   *
   * @param tiles that were run here
   * @throws Error where an answer was no probability
   */
  async readBack(
    { tz, least }: LayerJob,
    tiles: number,
  ): Promise<Omit<LayerResult, 'tiles' | 'skipped'>> {
    const { of } = this.buffers;
    const timed = this.#clock?.count(tiles) ?? 0;
    const hasRuns = least !== undefined;
    const at = readBackOf(this.plan, tz, timed, hasRuns);
    const end: LayerEnd = { plan: this.plan, tz, hasRuns, at };
    const encoder = this.device.createCommandEncoder();
    encodeEnd(this.device, encoder, this.pipelines, of, end);
    this.#clock?.resolve(encoder, timed, of.readBack, at.timestamps);
    this.device.queue.submit([encoder.finish()]);
    return this.#mapped(at.size, at.wrong, (mapped) => {
      const moments = new BigUint64Array(mapped, at.timestamps, timed * MOMENTS);
      return { ...readEnd(mapped, end), ...(this.#clock && { seconds: secondsOf(moments) }) };
    });
  }

  /**
   * The sums of a layer under way.
   *
   * @throws Error where an answer was no probability
   */
  readSums(): Promise<Uint16Array> {
    const { of } = this.buffers;
    const { size } = of.sums;
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(of.sums, 0, of.readBack, 0, size);
    encoder.copyBufferToBuffer(of.wrong, 0, of.readBack, size, 4);
    this.device.queue.submit([encoder.finish()]);
    return this.#mapped(size + 4, size, (mapped) =>
      fromRows(new Uint16Array(mapped, 0, size / 2), this.plan.dims[0]),
    );
  }

  /** Reads what was copied back, where all answers so far were probabilities. */
  async #mapped<T>(size: number, wrongAt: number, take: (mapped: ArrayBuffer) => T): Promise<T> {
    const { readBack } = this.buffers.of;
    await readBack.mapAsync(GPUMapMode.READ, 0, size);
    const mapped = readBack.getMappedRange(0, size);
    const [wrong] = new Uint32Array(mapped, wrongAt, 1);
    const taken = take(mapped);
    readBack.unmap();
    const { file } = this.manifest;
    if (wrong & WRONG.notFinite)
      throw new Error(`the output of ${file} holds values that are no numbers`);
    if (wrong & WRONG.range) throw new Error(`the output of ${file} is no probability`);
    return taken;
  }
}

/** Copy an array to a buffer; buffers are written in whole words. */
function writeVoxels(queue: GPUQueue, to: GPUBuffer, data: Voxels): void {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  queue.writeBuffer(to, 0, bytes, 0, whole);
  if (whole === bytes.length) return;
  const last = new Uint8Array(4);
  last.set(bytes.subarray(whole));
  queue.writeBuffer(to, whole, last);
}
