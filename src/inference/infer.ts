import { checkVoxels } from '../volume/checks';
import type { Volume } from '../volume/volume';
import { inferScores, needsScores } from './inferScores';
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
 * Probability map of a volume in memory; see {@link inferSlabs} and, for models that say how they were trained,
 * {@link inferScores}. The volume is only read.
 *
 * @throws CancelledError; InputError `volume.length`, those of {@link intensityMap} and of the network's run
 */
export async function infer(
  volume: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
  options: InferenceOptions = {},
): Promise<Inference> {
  const {
    data,
    geometry: { dims },
  } = volume;
  checkVoxels(data, dims, 'the image');
  if (needsScores(manifest)) return inferScores(volume, manifest, network, options);
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
