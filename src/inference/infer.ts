import { checkBox, clearOutside } from '../volume/box';
import { checkVoxels } from '../volume/checks';
import type { Volume, Voxels } from '../volume/volume';
import { averaged, raise } from './coarse';
import { inferScores } from './inferScores';
import { inferSlabs, type InferenceOptions, type SlabInference } from './inferSlabs';
import { runsWithScores, type ModelManifest } from './manifest';
import type { Network } from './network';
import { intensityMap, type IntensityMap } from './normalise';
import { passesOf, tilesOf, type Pass } from './passes';
import { slabsOf } from './slabs';
import { bothSeconds } from './webgpu/layer';

export type { InferenceOptions } from './inferSlabs';

export interface Inference extends SlabInference {
  /** Probability 0 … 1 of each voxel as a byte 0 … 255, x fastest. */
  readonly probability: Uint8Array;
}

/**
 * Probability map of a volume in memory; see {@link inferSlabs} and, for models that say how they were trained,
 * {@link inferScores}. A model with a coarse pass runs on {@link coarseGrid} too. Outside the region, where one is
 * given, the probability is 0. The volume is only read.
 *
 * @throws CancelledError; InputError `volume.length`, `box.outside`, those of {@link intensityMap} and of the network's run
 */
export async function infer(
  volume: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run' | 'layers'>,
  options: InferenceOptions = {},
): Promise<Inference> {
  const { dims } = volume.geometry;
  const { region } = options;
  checkVoxels(volume.data, dims, 'the image');
  if (region) checkBox(region, dims);
  const inference = await inferAll(volume, manifest, network, options);
  if (region) clearOutside(inference.probability, dims, region);
  return inference;
}

/** As {@link infer}; outside the region anything may stand. */
async function inferAll(
  volume: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run' | 'layers'>,
  options: InferenceOptions,
): Promise<Inference> {
  const {
    data,
    geometry: { dims },
  } = volume;
  if (runsWithScores(manifest)) return inferScores(volume, manifest, network, options);
  const intensities = intensityMap(data, manifest);
  const [fine, coarse] = passesOf(manifest, volume.geometry, options.region);
  const passes: (Pass & { readonly data: Voxels })[] = [{ ...fine, data }];
  if (coarse) passes.push({ ...coarse, data: averaged(data, dims, coarse.dims, coarse.factors) });

  const counts = passes.map((pass) => tilesOf(manifest, pass));
  const total = counts.reduce((sum, tiles) => sum + tiles, 0);
  const results: Inference[] = [];
  let before = 0;
  for (const [i, pass] of passes.entries()) {
    results.push(
      await onePass(pass, intensities, manifest, network, {
        ...options,
        onTile: (done) => options.onTile?.(before + done, total),
      }),
    );
    before += counts[i];
  }
  const [{ probability, gpuSeconds: first }, second] = results;
  if (coarse) raise(probability, dims, second.probability, coarse.dims, coarse.factors);
  const sum = (key: 'tiles' | 'skipped' | 'bytes') =>
    results.reduce((all, result) => all + result[key], 0);
  const gpuSeconds = bothSeconds(first, results.at(1)?.gpuSeconds);
  return {
    probability,
    ...(gpuSeconds && { gpuSeconds }),
    tiles: sum('tiles'),
    skipped: sum('skipped'),
    bytes: sum('bytes'),
  };
}

async function onePass(
  { data, dims, region }: Pass & { readonly data: Voxels },
  intensities: IntensityMap,
  manifest: ModelManifest,
  network: Pick<Network, 'run' | 'layers'>,
  options: InferenceOptions,
): Promise<Inference> {
  const probability = new Uint8Array(data.length);
  const result = await inferSlabs(
    slabsOf(data, dims),
    intensities,
    manifest,
    network,
    (z, slab) => probability.set(slab, z * dims[0] * dims[1]),
    { ...options, region },
  );
  return { ...result, probability, bytes: result.bytes + probability.byteLength };
}
