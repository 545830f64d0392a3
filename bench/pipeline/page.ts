import type { ModelManifest } from '@vessels/inference/manifest';
import { PipelineClient } from '@vessels/workers/client';
import type { BackendChoice, SegmentResult } from '@vessels/workers/protocol';
import type { Geometry } from '@vessels/volume/geometry';
import { VOXEL_TYPES, type VoxelType } from './voxelTypes';

/** One run of the product's worker: what is fetched from the bench's server, and how it runs. */
export interface PageRequest {
  /** Address of the voxels. */
  readonly voxels: string;
  readonly type: VoxelType;
  readonly geometry: Geometry;
  readonly manifest: ModelManifest;
  readonly model: string;
  readonly runtimeBase: string;
  readonly minComponent: number;
  readonly backend: BackendChoice;
}

export type PageResult = Pick<
  SegmentResult,
  'backend' | 'timings' | 'gpuSeconds' | 'tiles' | 'peakBytes'
>;

const client = new PipelineClient();

/** Runs the pipeline as the viewer does; the mask goes back to the server under the voxels' address. */
async function run({
  voxels,
  type,
  geometry,
  manifest,
  model,
  runtimeBase,
  minComponent,
  backend,
}: PageRequest): Promise<PageResult> {
  const data = new VOXEL_TYPES[type](await (await fetch(voxels)).arrayBuffer());
  const result = await client.segment({
    volume: { data, geometry },
    model: { manifest, file: model },
    threshold: manifest.threshold,
    minComponent,
    runtimeBase,
    backend,
  });
  await fetch(voxels, { method: 'PUT', body: result.mask as Uint8Array<ArrayBuffer> });
  const { timings, gpuSeconds, tiles, peakBytes } = result;
  return { backend: result.backend, timings, gpuSeconds, tiles, peakBytes };
}

Object.assign(globalThis, { runPipelineBench: run });
