import type { InferenceSession } from 'onnxruntime-web';
import { CancelledError, InputError } from '../volume/errors';
import type { BufferLimits } from '../webgpu/buffers';
import { GpuError } from '../webgpu/fault';
import { watchBuffers } from '../webgpu/memory';
import { exclusively } from './exclusive';
import { runsWithScores, type ModelManifest } from './manifest';
import type { Gpu, Runtime } from './runtime';
import { fromTensor, toTensor } from './axisOrder';
import { checkedOutput, checkSignature, inputShape, outputShape } from './signature';
import { GpuLayers } from './webgpu/gpuLayers';
import type { LayerJob, LayerResult } from './webgpu/layer';

/** One model, loaded by one execution provider. */
export interface Session {
  /** What the model says of a tile, channel after channel; all x fastest, of the manifest's patch. */
  run(tile: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** A session on WebGPU. */
export interface GpuSession extends Session {
  /**
   * Layers of tiles without leaving the GPU; see {@link GpuLayers.run}. Missing for models with scores, and where a
   * shader of ours does not compile.
   */
  readonly layers?: { run(job: LayerJob): Promise<LayerResult>; close(): void };
  /** Why layers are missing though the model would allow them. */
  readonly layersRefused?: string;
  gpu(): GpuState;
}

/** A GPU that runs a model. */
export interface GpuState {
  /** ONNX Runtime's too. */
  readonly device: GPUDevice;
  /** Whether it computes on the processor. */
  readonly isSoftware: boolean;
  /** Of the buffers that are alive on the device, ONNX Runtime's among them. */
  readonly bytes: number;
  readonly limits: BufferLimits;
}

/** Code of the error when ONNX Runtime itself is missing; nothing else can be tried then. */
export const RUNTIME_LOAD = 'runtime.load';

/** What ONNX Runtime or WebGPU said, to stand within a sentence. */
export function reasonOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line
    .replace(/^.*ERROR_MESSAGE: /, '')
    .slice(0, 200)
    .replace(/\.$/, '');
}

/** A lost device is told of a little after the run that it broke; so long its cause is waited for, ms. */
const LOSS_DELAY = 200;

/** onnxruntime-web begins so when its .mjs or .wasm did not load. */
const NOT_LOADED = /no available backend found/i;

function asLoadError(error: unknown): never {
  const reason = reasonOf(error);
  if (!NOT_LOADED.test(reason)) throw error;
  throw new InputError(
    RUNTIME_LOAD,
    `ONNX Runtime could not be loaded (${reason}); ask who installed the extension to check assetBase and the files in ort/.`,
  );
}

/**
 * A session on the processor.
 *
 * @throws InputError `runtime.load`, `model.unreadable`, those of {@link checkSignature}; its runs throw
 * `model.run` and those of {@link checkedOutput}
 */
export async function openOnProcessor(
  bytes: Uint8Array,
  manifest: ModelManifest,
  runtime: Runtime,
): Promise<Session> {
  const { file } = manifest;
  try {
    const session = await openSession(bytes, manifest, runtime, runtime.processor.options);
    return {
      run: (tile) => session.run(tile).catch(asRunError),
      release: () => session.release(),
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      'model.unreadable',
      `ONNX Runtime cannot read ${file} (${reasonOf(error)}); choose another model.`,
    );
  }

  function asRunError(error: unknown): never {
    if (error instanceof InputError) throw error;
    throw new InputError(
      'model.run',
      `ONNX Runtime could not run ${file} (${reasonOf(error)}); choose another model or a smaller series.`,
    );
  }
}

/**
 * A session on WebGPU that has run one tile: an operator that the provider lacks shows only then, and the shaders
 * are compiled by it. After any error that the device reports, runs
 * fail too: their results cannot be trusted.
 *
 * @throws InputError `runtime.load`; Error with the reason of WebGPU or ONNX Runtime; the device is destroyed then
 */
export async function openOnGpu(
  bytes: Uint8Array,
  manifest: ModelManifest,
  runtime: Runtime,
  { device, isSoftware }: Gpu,
): Promise<GpuSession> {
  let fault: string | undefined;
  device.addEventListener('uncapturederror', ({ error }) => (fault ??= error.message));
  const lost = device.lost.then(({ message }) => {
    fault ??= message || 'the device was lost';
  });
  const buffers = watchBuffers(device);
  const session = await openSession(bytes, manifest, runtime, optionsFor(device)).catch(
    (error: unknown) => {
      device.destroy();
      throw error;
    },
  );

  /** After an error of the device nothing that it answers counts. */
  async function guarded<T>(work: Promise<T>): Promise<T> {
    const result = await work.catch(async (error: unknown) => {
      if (error instanceof GpuError || error instanceof CancelledError) throw error;
      await Promise.race([lost, new Promise((done) => setTimeout(done, LOSS_DELAY))]);
      fault ??= reasonOf(error);
    });
    if (fault !== undefined) throw new Error(fault);
    return result as T;
  }

  async function openLayers(): Promise<Pick<GpuSession, 'layers' | 'layersRefused'>> {
    if (runsWithScores(manifest)) return {};
    try {
      const layers = await GpuLayers.open(device, manifest, session.runBuffers);
      return { layers: { run: (job) => guarded(layers.run(job)), close: () => layers.close() } };
    } catch (error) {
      if (error instanceof GpuError) return { layersRefused: error.message };
      throw error;
    }
  }

  const run = (tile: Float32Array) => guarded(session.run(tile));
  const release = async () => {
    await session.release().catch(() => undefined);
    device.destroy();
  };
  const [x, y, z] = manifest.patch;
  try {
    await run(new Float32Array(x * y * z));
    const layers = await guarded(openLayers());
    return {
      run,
      release,
      ...layers,
      gpu: () => ({ device, isSoftware, bytes: buffers().bytes, limits: device.limits }),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** No node may fall back to the processor unseen. */
export const optionsFor = (device: GPUDevice): InferenceSession.SessionOptions => ({
  executionProviders: [{ name: 'webgpu', device }],
  logSeverityLevel: 3,
  extra: { session: { disable_cpu_ep_fallback: '1' } },
});

async function openSession(
  bytes: Uint8Array,
  manifest: ModelManifest,
  { InferenceSession, Tensor }: Runtime,
  options: InferenceSession.SessionOptions,
) {
  const session = await exclusively(() => InferenceSession.create(bytes, options)).catch(
    asLoadError,
  );
  const release = () => exclusively(() => session.release());
  try {
    checkSignature(session, manifest);
  } catch (error) {
    await release();
    throw error;
  }
  const { input, output } = manifest;
  const onGpu = (buffer: GPUBuffer, dims: readonly number[]) =>
    Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims });
  return {
    run: (tile: Float32Array) =>
      exclusively(async () => {
        const tensor = new Tensor('float32', toTensor(tile, manifest), inputShape(manifest));
        const results = await session.run({ [input]: tensor }, [output]);
        return fromTensor(checkedOutput(results[output], manifest), manifest);
      }),
    /** On the GPU from one buffer into another; they stay the caller's. */
    runBuffers: (from: GPUBuffer, to: GPUBuffer) =>
      exclusively(async () => {
        const tensors = [onGpu(from, inputShape(manifest)), onGpu(to, outputShape(manifest))];
        await session.run({ [input]: tensors[0] }, { [output]: tensors[1] });
        for (const tensor of tensors) tensor.dispose();
      }),
    release,
  };
}
