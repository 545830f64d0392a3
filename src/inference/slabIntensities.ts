import { InputError } from '../volume/errors';
import type { ModelManifest } from './manifest';
import { betweenPercentiles, intensityMap, IntensityRange, type IntensityMap } from './normalise';
import { PercentileSearch } from './orderStatistics';
import type { SlabSource } from './slabs';

/**
 * {@link intensityMap} of an image that does not fit into memory: it is read once, or twice where percentiles of
 * voxels of more than 16 bits are asked for.
 *
 * @throws InputError `volume.not-finite`, `volume.constant`, `volume.flat`; `model.stream` where the normalisation
 *   needs the image as a whole
 */
export async function intensityMapOfSlabs(
  source: SlabSource,
  manifest: Pick<ModelManifest, 'normalisation' | 'clip' | 'patch' | 'file'>,
): Promise<IntensityMap> {
  const { normalisation, clip, patch, file } = manifest;
  const range = new IntensityRange();
  if (normalisation.kind === 'z-score')
    throw new InputError(
      'model.stream',
      `${file} normalises by the mean of the whole image, which is not done for an image read in slabs; choose another model.`,
    );
  if (normalisation.kind !== 'percentile') {
    await eachSlab(source, patch[2], (slab) => range.add(slab));
    const { least, greatest } = range.checked();
    // The rest of these rules looks at the range alone.
    return intensityMap(Float32Array.of(least, greatest), { normalisation, clip });
  }
  const search = new PercentileSearch([50, normalisation.percentile]);
  await eachSlab(source, patch[2], (slab) => {
    range.add(slab);
    search.look(slab);
  });
  range.checked();
  if (!search.isDone) await eachSlab(source, patch[2], (slab) => search.lookAgain(slab));
  const [low, high] = clip ?? [-Infinity, Infinity];
  return { ...betweenPercentiles(search.values(), normalisation.percentile), low, high };
}

/** Visit all slices once. */
async function eachSlab(
  { dims, read }: SlabSource,
  depth: number,
  visit: (slab: Awaited<ReturnType<SlabSource['read']>>) => void,
): Promise<void> {
  for (let z = 0; z < dims[2]; z += depth) visit(await read(z, Math.min(dims[2], z + depth)));
}
