import { checkVoxels } from '../volume/checks';
import type { Volume } from '../volume/volume';
import { inferSlabs, type InferenceOptions, type SlabInference } from './inferSlabs';
import type { ModelManifest } from './manifest';
import type { Network } from './network';
import { intensityMap } from './normalise';
import { slabsOf } from './slabs';

export type { InferenceOptions } from './inferSlabs';

export interface Inference extends SlabInference {
  /** Probability 0 … 1 of each voxel as a byte 0 … 255, x fastest. */
  readonly probability: Uint8Array;
}

/**
 * Probability map of a volume in memory; see {@link inferSlabs}. The volume is only read.
 *
 * @throws CancelledError; InputError `volume.length`, those of {@link intensityMap} and of the network's run
 */
export async function infer(
  { data, geometry: { dims } }: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
  options: InferenceOptions = {},
): Promise<Inference> {
  checkVoxels(data, dims, 'the image');
  const probability = new Uint8Array(data.length);
  const result = await inferSlabs(
    slabsOf(data, dims),
    intensityMap(data, manifest),
    manifest,
    network,
    (z, slab) => probability.set(slab, z * dims[0] * dims[1]),
    options,
  );
  return { ...result, probability, bytes: result.bytes + probability.byteLength };
}
