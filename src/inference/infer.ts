import { checkBox, clearOutside } from '../volume/box';
import { checkVoxels } from '../volume/checks';
import type { Volume, Voxels } from '../volume/volume';
import { FULL } from './blend';
import { averaged, isQuiet, type CoarseAnswer } from './coarse';
import { inferScores } from './inferScores';
import {
  inferSlabs,
  type InferenceOptions,
  type SlabInference,
  type SlabOptions,
} from './inferSlabs';
import { runsWithScores, type ModelManifest } from './manifest';
import type { Network } from './network';
import { intensityMap, type IntensityMap } from './normalise';
import { greyOpening } from './opening';
import { passesOf, tilePlanOf, type Pass } from './passes';
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
  const { least, ...others } = options;
  const run = passRunner(intensities, manifest, network, others, coarse ? [coarse, fine] : [fine]);
  if (!coarse) return run(fine, data, { least });

  const { dims: halved, factors } = coarse;
  const first = await run(coarse, averaged(data, dims, halved, factors), {});
  const answer: CoarseAnswer = { probability: first.probability, dims: halved, factors };
  const passesOver = steering(answer, manifest);
  // Thin vessels are the fine pass's: the coarse one would only make them thicker.
  greyOpening(answer.probability, halved, coarse.region);
  const second = await run(fine, data, { least, coarse: answer, passesOver });
  const gpuSeconds = bothSeconds(first.gpuSeconds, second.gpuSeconds);
  return {
    ...second,
    ...(gpuSeconds && { gpuSeconds }),
    tiles: first.tiles + second.tiles,
    skipped: first.skipped + second.skipped,
    bytes: first.bytes + second.bytes,
  };
}

/** Which boxes the fine pass need not look at, by the answer of a coarse pass that steers as it is now. */
function steering(
  answer: CoarseAnswer,
  { steer }: Pick<ModelManifest, 'steer'>,
): SlabOptions['passesOver'] {
  if (steer === undefined) return undefined;
  const seen = { ...answer, probability: answer.probability.slice() };
  const least = Math.ceil(FULL * steer);
  return (box) => isQuiet(seen, box, least);
}

/** Runs the passes one after the other; their tiles are counted together. */
function passRunner(
  intensities: IntensityMap,
  manifest: ModelManifest,
  network: Pick<Network, 'run' | 'layers'>,
  options: Omit<InferenceOptions, 'least'>,
  passes: readonly Pass[],
) {
  const total = passes.reduce((sum, pass) => sum + tilePlanOf(manifest, pass).count, 0);
  let before = 0;
  return async (
    pass: Pass,
    data: Voxels,
    more: Pick<SlabOptions, 'least' | 'coarse' | 'passesOver'>,
  ): Promise<Inference> => {
    const { dims, region } = pass;
    const probability = new Uint8Array(data.length);
    const result = await inferSlabs(
      slabsOf(data, dims),
      intensities,
      manifest,
      network,
      (z, slab) => probability.set(slab, z * dims[0] * dims[1]),
      {
        ...options,
        region,
        ...more,
        onTile: (done) => options.onTile?.(before + done, total),
      },
    );
    before += result.tiles + result.skipped;
    return { ...result, probability, bytes: result.bytes + probability.byteLength };
  };
}
