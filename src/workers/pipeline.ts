import { leastByte } from '../inference/blend';
import { infer } from '../inference/infer';
import type { NetworkCache } from '../inference/networkCache';
import { checkMemory, runBytes } from '../inference/plan';
import { checkVoxels } from '../volume/checks';
import { imageOnGrid } from '../volume/resampling';
import type { Volume } from '../volume/volume';
import { ANALYSIS_STAGES, analyseMask } from './analyse';
import type { Progress, SegmentRequest, SegmentResult, Stage } from './protocol';
import { openNetwork } from './openNetwork';
import { createStages } from './stages';
import { thinningOn } from './thinningOn';
import { vesselMask } from './vesselMask';

export interface PipelineDeps {
  /** Holds the network from run to run; made with the ONNX Runtime of the place. */
  readonly networks: NetworkCache;
  readonly fetch?: typeof globalThis.fetch;
}

export interface PipelineOutcome {
  readonly result: SegmentResult;
  /** Probability map, 0 … 255 for 0 … 1, x fastest. */
  readonly probability: Uint8Array;
}

/** The image on a regular grid. */
function regularVolume({ volume, resampling }: SegmentRequest): Volume {
  if (!resampling) return volume;
  checkVoxels(volume.data, resampling.slices.dims, 'the image');
  return { data: imageOnGrid(resampling, volume.data), geometry: resampling.grid };
}

/** What a run goes through, in order. */
export const STAGES: readonly Stage[] = ['load', 'compile', 'infer', 'clean', ...ANALYSIS_STAGES];

/**
 * The whole way from an image to vessels, centerlines and QC. Needs no worker and no browser: Node runs it with
 * `new NetworkCache(nodeRuntime())`. The request is only read.
 *
 * @throws CancelledError within one tile or stage after the signal; InputError of every station
 */
export async function runPipeline(
  request: SegmentRequest,
  deps: PipelineDeps,
  onProgress: (progress: Progress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<PipelineOutcome> {
  const { model, reference, region } = request;
  const volume = regularVolume(request);
  const { geometry } = volume;
  const stages = createStages(STAGES, onProgress, signal);
  const network = await openNetwork(request, deps, stages, signal);
  const { runtime } = deps.networks;
  const { dims } = geometry;
  const arrays = runBytes(model.manifest, geometry, volume.data.BYTES_PER_ELEMENT);
  checkMemory(runtime.heapBytes() + arrays, dims, runtime.memoryLimit);
  const { probability, runs, tiles, skipped, gpuSeconds } = await stages.run('infer', (report) =>
    infer(volume, model.manifest, network, {
      signal,
      ...(region && { region }),
      least: leastByte(request.threshold),
      onTile: (done, total) => report(done / total),
    }),
  );
  const { minShare } = model.manifest;
  const mask = await stages.run('clean', () =>
    vesselMask(probability, geometry, { ...request, minShare }, runs),
  );
  const thinning = await thinningOn(network);
  const analysis = await analyseMask({ data: mask, geometry }, reference, stages, thinning);

  const { backend } = network;
  const peakBytes = runtime.heapBytes() + arrays;
  return {
    result: {
      ...analysis,
      mask,
      backend,
      timings: stages.timings,
      ...(gpuSeconds && { gpuSeconds }),
      tiles,
      skipped,
      peakBytes,
    },
    probability,
  };
}
