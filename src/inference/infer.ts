import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import type { Volume, Voxels } from '../volume/volume';
import { averaged, coarseGrid, raise } from './coarse';
import { inferScores } from './inferScores';
import { inferSlabs, type InferenceOptions, type SlabInference } from './inferSlabs';
import { runsWithScores, type ModelManifest } from './manifest';
import type { Network } from './network';
import { intensityMap, type IntensityMap } from './normalise';
import { slabsOf } from './slabs';
import { planTiles } from './tiles';

export type { InferenceOptions } from './inferSlabs';

export interface Inference extends SlabInference {
  /** Probability 0 … 1 of each voxel as a byte 0 … 255, x fastest. */
  readonly probability: Uint8Array;
}

/**
 * Probability map of a volume in memory; see {@link inferSlabs} and, for models that say how they were trained,
 * {@link inferScores}. A model with a coarse pass runs on {@link coarseGrid} too. The volume is only read.
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
  if (runsWithScores(manifest)) return inferScores(volume, manifest, network, options);
  const intensities = intensityMap(data, manifest);
  const passes = [{ data, dims }];
  const coarse = manifest.coarse && coarseGrid(dims, volume.geometry.spacing);
  if (coarse)
    passes.push({ data: averaged(data, dims, coarse.dims, coarse.factors), dims: coarse.dims });

  const tilesOf = (pass: { readonly dims: Vec3 }) =>
    planTiles(pass.dims, manifest.patch, manifest.overlap).count;
  const total = passes.reduce((sum, pass) => sum + tilesOf(pass), 0);
  const results: Inference[] = [];
  let before = 0;
  for (const pass of passes) {
    results.push(
      await onePass(pass, intensities, manifest, network, {
        ...options,
        onTile: (done) => options.onTile?.(before + done, total),
      }),
    );
    before += tilesOf(pass);
  }
  const [fine, second] = results;
  if (coarse) raise(fine.probability, dims, second.probability, coarse.dims, coarse.factors);
  const sum = (key: 'tiles' | 'skipped' | 'bytes') =>
    results.reduce((all, result) => all + result[key], 0);
  return {
    probability: fine.probability,
    tiles: sum('tiles'),
    skipped: sum('skipped'),
    bytes: sum('bytes'),
  };
}

async function onePass(
  { data, dims }: { readonly data: Voxels; readonly dims: Vec3 },
  intensities: IntensityMap,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
  options: InferenceOptions,
): Promise<Inference> {
  const probability = new Uint8Array(data.length);
  const result = await inferSlabs(
    slabsOf(data, dims),
    intensities,
    manifest,
    network,
    (z, slab) => probability.set(slab, z * dims[0] * dims[1]),
    options,
  );
  return { ...result, probability, bytes: result.bytes + probability.byteLength };
}
