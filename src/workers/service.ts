import { releaseProxy, transfer, type ProxyMethods } from 'comlink';
import { NetworkCache } from '../inference/networkCache';
import type { Runtime } from '../inference/runtime';
import { keepComponent } from '../topology/components';
import { InputError } from '../volume/errors';
import type { Geometry } from '../volume/geometry';
import { surfaceOf } from '../volume/surface';
import { ANALYSIS_STAGES, analyseMask } from './analyse';
import { runPipeline } from './pipeline';
import type { PipelineWorker, Progress } from './protocol';
import { inspectModel } from './inspectModel';
import { prepareRun } from './prepare';
import { createStages } from './stages';
import { thinningOn } from './thinningOn';
import { vesselMask } from './vesselMask';

type Listener = (progress: Progress) => void;

/** The probability map that previews are made from. */
interface Kept {
  readonly probability: Uint8Array;
  readonly geometry: Geometry;
  /** The model's, see the manifest. */
  readonly minShare: number | undefined;
}

/**
 * What the worker offers, apart from the thread it runs in. It keeps the network and the probability map of the
 * last run; a run that fails or is cancelled leaves both.
 *
 * @param makeRuntime ONNX Runtime with its files in a folder; called once
 */
export function createPipelineService(makeRuntime: (base: string) => Runtime): PipelineWorker {
  let networks: NetworkCache | undefined;
  let kept: Kept | undefined;
  let running: AbortController | undefined;
  /** The plan that is being made; it holds the network, so jobs wait for it. */
  let planning: Promise<unknown> = Promise.resolve();

  /** One long job at a time, which {@link PipelineWorker.cancel} stops. */
  async function job<T>(
    onProgress: Listener,
    work: (report: Listener, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const own = new AbortController();
    try {
      if (running) throw busy();
      running = own;
      await planning;
      return await work(quietly(onProgress), own.signal);
    } finally {
      if (running === own) running = undefined;
      forget(onProgress);
    }
  }

  const networksAt = (base: string) => (networks ??= new NetworkCache(makeRuntime(base)));

  return {
    inspect: inspectModel,

    async plan(request, onProgress) {
      if (running) throw busy();
      const networks = networksAt(request.runtimeBase);
      const plan = planning.then(() => prepareRun(request, { networks }, quietly(onProgress)));
      planning = plan.catch(() => undefined);
      return plan.finally(() => forget(onProgress));
    },

    segment: (request, onProgress) =>
      job(onProgress, async (report, signal) => {
        const deps = { networks: networksAt(request.runtimeBase) };
        const { result, probability } = await runPipeline(request, deps, report, signal);
        const peakBytes = result.peakBytes + (kept?.probability.byteLength ?? 0);
        const geometry = request.resampling?.grid ?? request.volume.geometry;
        kept = { probability, geometry, minShare: request.model.manifest.minShare };
        return transfer({ ...result, peakBytes }, [result.mask.buffer]);
      }),

    async preview(options) {
      if (!kept)
        throw new InputError(
          'worker.no-probability',
          'There is no probability map to apply a threshold to; run the model first.',
        );
      const { probability, geometry, minShare } = kept;
      return moved(vesselMask(probability, geometry, { ...options, minShare }));
    },

    probability: async () => kept && moved(kept.probability.slice()),

    analyse: (data, geometry, reference, onProgress) =>
      job(onProgress, async (report, signal) => {
        const stages = createStages(ANALYSIS_STAGES, report, signal);
        const thinning = await thinningOn(networks?.loaded);
        return analyseMask({ data, geometry }, reference, stages, thinning);
      }),

    keepComponent: async (mask, dims, voxel) => moved(keepComponent(mask, dims, voxel)),

    async surface(data, geometry) {
      const mesh = surfaceOf({ data, geometry });
      return transfer(mesh, [mesh.points.buffer, mesh.normals.buffer, mesh.triangles.buffer]);
    },

    cancel() {
      running?.abort();
    },

    async release() {
      running?.abort();
      kept = undefined;
      await networks?.release();
    },
  };
}

const busy = () =>
  new InputError('worker.busy', 'Another run is going on; wait for its end or cancel it.');

/** Hand an array over instead of a copy. */
const moved = (array: Uint8Array): Uint8Array => transfer(array, [array.buffer]);

/** The listener lives in another thread and answers with a promise; whether it fails is no concern of a run. */
const quietly =
  (onProgress: Listener): Listener =>
  (progress) => {
    void Promise.resolve(onProgress(progress)).catch(() => undefined);
  };

/** Close the channel to a listener in another thread. */
const forget = (onProgress: Listener): void =>
  (onProgress as Partial<ProxyMethods>)[releaseProxy]?.();
