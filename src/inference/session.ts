import type { InferenceSession } from 'onnxruntime-web';
import { InputError } from '../volume/errors';
import { exclusively } from './exclusive';
import type { ModelManifest } from './manifest';
import type { Gpu, Runtime } from './runtime';
import { fromTensor, toTensor } from './axisOrder';
import { checkedOutput, checkSignature, inputShape } from './signature';

/** One model, loaded by one execution provider. */
export interface Session {
  /** What the model says of a tile, channel after channel; all x fastest, of the manifest's patch. */
  run(tile: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
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
    return { ...session, run: (tile) => session.run(tile).catch(asRunError) };
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
 * are compiled by it. No node may fall back to the processor unseen. After any error that the device reports, runs
 * fail too: their results cannot be trusted.
 *
 * @throws InputError `runtime.load`; Error with the reason of WebGPU or ONNX Runtime; the device is destroyed then
 */
export async function openOnGpu(
  bytes: Uint8Array,
  manifest: ModelManifest,
  runtime: Runtime,
  { device }: Gpu,
): Promise<Session> {
  let fault: string | undefined;
  device.addEventListener('uncapturederror', ({ error }) => (fault ??= error.message));
  const lost = device.lost.then(({ message }) => {
    fault ??= message || 'the device was lost';
  });
  const session = await openSession(bytes, manifest, runtime, {
    executionProviders: [{ name: 'webgpu', device }],
    logSeverityLevel: 3,
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  }).catch((error: unknown) => {
    device.destroy();
    throw error;
  });
  const guarded: Session = {
    async run(tile) {
      const result = await session.run(tile).catch(async (error: unknown) => {
        await Promise.race([lost, new Promise((done) => setTimeout(done, LOSS_DELAY))]);
        fault ??= reasonOf(error);
      });
      if (result && fault === undefined) return result;
      throw new Error(fault);
    },
    async release() {
      await session.release().catch(() => undefined);
      device.destroy();
    },
  };
  const [x, y, z] = manifest.patch;
  try {
    await guarded.run(new Float32Array(x * y * z));
  } catch (error) {
    await guarded.release();
    throw error;
  }
  return guarded;
}

async function openSession(
  bytes: Uint8Array,
  manifest: ModelManifest,
  { InferenceSession, Tensor }: Runtime,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
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
  return {
    run: (tile) =>
      exclusively(async () => {
        const tensor = new Tensor('float32', toTensor(tile, manifest), inputShape(manifest));
        const results = await session.run({ [input]: tensor }, [output]);
        return fromTensor(checkedOutput(results[output], manifest), manifest);
      }),
    release,
  };
}
