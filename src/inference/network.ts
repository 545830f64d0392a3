import { CancelledError, InputError } from '../volume/errors';
import { GpuError } from '../webgpu/fault';
import { tileByTile, type Backend, type BackendChoice } from './backend';
import { halved } from './halved';
import type { ModelManifest } from './manifest';
import type { Gpu, Runtime } from './runtime';
import {
  reasonOf,
  openOnGpu,
  openOnProcessor,
  RUNTIME_LOAD,
  type GpuState,
  type GpuSession,
} from './session';
import type { Layers } from './webgpu/layer';

/** A model ready to run, on WebGPU where that works and else on the processor. */
export interface Network {
  /** What runs it; changes when the GPU fails. */
  readonly backend: Backend;
  /** Whether the GPU failed after it had worked, so that the next run should begin anew. */
  readonly lostGpu: boolean;
  /**
   * What the model says of one tile, channel after channel; all x fastest, of the manifest's patch. A tile that fails on the GPU (device lost,
   * out of memory, wrong result) runs on a new device, once; if that fails too, on the processor, as do all tiles
   * after it.
   *
   * @throws InputError `model.run`, `model.shape`, `model.type`, `model.not-finite`, `model.range`
   */
  run(tile: Float32Array): Promise<Float32Array>;
  /**
   * Layers of tiles on the GPU, where a GPU runs the model. A layer that fails there runs on a new device, once; if that
   * fails too, or the GPU has no room for a layer, nothing is returned: its tiles and all after it are for `run`.
   */
  readonly layers?: Layers;
  /** The GPU, where one runs the model. */
  gpu(): GpuState | undefined;
  release(): Promise<void>;
}

/**
 * Load a model.
 *
 * @param bytes of the .onnx file, checked against the manifest before; kept while the GPU is used
 * @throws InputError `runtime.load`, `model.unreadable`, `model.names`, `model.shape`
 */
export async function openNetwork(
  bytes: Uint8Array,
  manifest: ModelManifest,
  runtime: Runtime,
  choice: BackendChoice = 'auto',
): Promise<Network> {
  let gpu = await runtime.requestGpu(choice);
  if (typeof gpu === 'string') return onProcessor(gpu);
  const small = halved(bytes, manifest, gpu.device);
  if (small)
    try {
      const session = await openOnGpu(small, manifest, runtime, gpu);
      return onGpu({ ...gpu, name: `${gpu.name}, 16 bits` }, session);
    } catch {
      // The device is gone with it; 32 bits may still do.
      gpu = await runtime.requestGpu(choice);
      if (typeof gpu === 'string') return onProcessor(gpu);
    }
  try {
    return onGpu(gpu, await openOnGpu(bytes, manifest, runtime, gpu));
  } catch (error) {
    if (error instanceof InputError && error.code === RUNTIME_LOAD) throw error;
    return onProcessor(`WebGPU (${gpu.name}) cannot run this model: ${reasonOf(error)}.`);
  }

  async function onProcessor(reason: string): Promise<Network> {
    const session = await openOnProcessor(bytes, manifest, runtime);
    return {
      backend: { ...runtime.processor.backend, reason },
      lostGpu: false,
      run: (tile) => session.run(tile),
      gpu: () => undefined,
      release: () => session.release(),
    };
  }

  function onGpu(gpu: Gpu, opened: GpuSession): Network {
    let current = runner(gpu, opened);
    let isRetried = false;
    let lostGpu = false;

    /** A device may be lost for a reason that is over at once (a driver reset, a laptop that wakes up). */
    async function openAgain(reason: string): Promise<Runner | undefined> {
      if (isRetried) return undefined;
      isRetried = true;
      const next = await runtime.requestGpu(choice);
      if (typeof next === 'string') return undefined;
      try {
        const note = `WebGPU (${gpu.name}) failed once during the run: ${reason}; a new device went on.`;
        return runner(next, await openOnGpu(bytes, manifest, runtime, next), note);
      } catch {
        return undefined;
      }
    }

    async function handOver(error: unknown): Promise<void> {
      await current.release();
      const reason = reasonOf(error);
      const again = await openAgain(reason);
      lostGpu = again === undefined;
      current =
        again ?? (await onProcessor(`WebGPU (${gpu.name}) failed during the run: ${reason}.`));
    }

    return {
      get backend() {
        return current.backend;
      },
      get lostGpu() {
        return lostGpu;
      },
      async run(tile) {
        while (!lostGpu)
          try {
            return await current.run(tile);
          } catch (error) {
            await handOver(error);
          }
        return current.run(tile);
      },
      layers: {
        async run(job) {
          while (current.layers)
            try {
              return await current.layers.run(job);
            } catch (error) {
              if (error instanceof CancelledError) throw error;
              if (error instanceof GpuError) current = withoutLayers(current, error.message);
              else await handOver(error);
            }
          return undefined;
        },
        close: () => current.layers?.close(),
      },
      gpu: () => current.gpu(),
      release: () => current.release(),
    };
  }
}

/** What runs tiles at the moment. */
type Runner = Pick<Network, 'run' | 'layers' | 'gpu' | 'release' | 'backend'>;

function runner({ name }: Gpu, session: GpuSession, reason?: string): Runner {
  const backend: Backend = { name: 'webgpu', threads: 1, device: name, ...(reason && { reason }) };
  const open = { ...session, backend };
  return session.layersRefused ? withoutLayers(open, session.layersRefused) : open;
}

/** The device works, but not for whole layers. */
function withoutLayers({ layers, ...one }: Runner, reason: string): Runner {
  layers?.close();
  return { ...one, backend: tileByTile(one.backend, reason) };
}
