import { planRun, type RunPlan } from '../inference/plan';
import { openNetwork } from './openNetwork';
import type { PipelineDeps } from './pipeline';
import type { PlanRequest, Progress, Stage } from './protocol';
import { createStages } from './stages';

const STAGES: readonly Stage[] = ['load', 'compile'];

/**
 * What a run would take: the network is loaded, warmed up and timed on a tile of its own size. The run that follows
 * finds it loaded.
 *
 * @throws CancelledError; InputError `plan.memory`, those of loading a model and of a tile's run
 */
export async function prepareRun(
  request: PlanRequest,
  deps: PipelineDeps,
  onProgress: (progress: Progress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<RunPlan> {
  const { networks } = deps;
  const network = await openNetwork(
    request,
    deps,
    createStages(STAGES, onProgress, signal),
    signal,
  );
  const { dims, spacing, region, voxelBytes, model } = request;
  return planRun(model.manifest, {
    dims,
    spacing,
    region,
    voxelBytes,
    secondsPerTile: await networks.secondsPerTile(network, model.manifest),
    backend: network.backend,
    gpu: network.gpu(),
    runtimeBytes: networks.runtime.heapBytes(),
    memoryLimit: networks.runtime.memoryLimit,
  });
}
