import { cache, Enums, eventTarget, utilities, volumeLoader } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import { inTurns, throwIfCancelled } from '@vessels/inference/tasks';
import { CancelledError, InputError } from '@vessels/volume/errors';
import type { Voxels } from '@vessels/volume/volume';

/** The image volume that already shows these images in a viewport, if any. */
function findVolume(imageIds: readonly string[]): Types.IStreamingImageVolume | undefined {
  const wanted = new Set(imageIds);
  return cache
    .getVolumes()
    .find(
      (volume) =>
        volume.imageIds?.length === imageIds.length &&
        volume.imageIds.every((id) => wanted.has(id)),
    ) as Types.IStreamingImageVolume | undefined;
}

/**
 * Resolve when all images of a volume have arrived.
 *
 * @param onProgress share of the images that have arrived, 0 to 1
 */
function whenLoaded(
  volume: Types.IStreamingImageVolume,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<void> {
  if (volume.loadStatus?.loaded) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const { IMAGE_VOLUME_MODIFIED, IMAGE_VOLUME_LOADING_COMPLETED } = Enums.Events;
    const onModified = (event: Event) => {
      const { volumeId, framesProcessed, numberOfFrames } = (event as CustomEvent).detail;
      if (volumeId === volume.volumeId && numberOfFrames)
        onProgress(framesProcessed / numberOfFrames);
    };
    const onComplete = (event: Event) => {
      if ((event as CustomEvent).detail.volumeId === volume.volumeId) finish(resolve);
    };
    const onAbort = () => finish(() => reject(new CancelledError()));
    const finish = (then: () => void) => {
      eventTarget.removeEventListener(IMAGE_VOLUME_MODIFIED, onModified);
      eventTarget.removeEventListener(IMAGE_VOLUME_LOADING_COMPLETED, onComplete);
      signal.removeEventListener('abort', onAbort);
      then();
    };
    eventTarget.addEventListener(IMAGE_VOLUME_MODIFIED, onModified);
    eventTarget.addEventListener(IMAGE_VOLUME_LOADING_COMPLETED, onComplete);
    signal.addEventListener('abort', onAbort);
    volume.load();
  });
}

/**
 * Voxels of a series, rescaled to modality units as cornerstone loads them, x fastest.
 *
 * @param imageIds images in the order of the checked geometry, slice by slice
 * @param dims `[nx, ny, nz]` of the checked geometry
 * @returns a fresh array that may be transferred
 * @throws InputError when an image did not arrive or has another size; CancelledError
 */
export async function loadVoxels(
  imageIds: readonly string[],
  dims: readonly [number, number, number],
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Voxels> {
  const volume =
    findVolume(imageIds) ??
    ((await volumeLoader.createAndCacheVolume(
      `cornerstoneStreamingImageVolume:vessels-${utilities.uuidv4()}`,
      { imageIds: [...imageIds] },
    )) as Types.IStreamingImageVolume);
  await whenLoaded(volume, signal, onProgress);
  // the last images are told of before the cache holds them
  await Promise.allSettled(imageIds.map((id) => cache.getImageLoadObject(id)?.promise));
  return collectSlices(imageIds, dims, signal);
}

/** Slice by slice, because cornerstone sorts the images of a volume in its own way. */
async function collectSlices(
  imageIds: readonly string[],
  [nx, ny]: readonly [number, number, number],
  signal: AbortSignal,
): Promise<Voxels> {
  let voxels: Voxels | undefined;
  await inTurns(imageIds.length, (k) => {
    throwIfCancelled(signal);
    const slice = cache.getImage(imageIds[k]!)?.voxelManager?.getScalarData() as Voxels | undefined;
    if (!slice)
      throw new InputError(
        'series.image-not-loaded',
        `Image ${k + 1} of ${imageIds.length} could not be loaded from the server; reload the study and run again.`,
      );
    if (slice.length !== nx * ny)
      throw new InputError(
        'series.image-size',
        `Image ${k + 1} of ${imageIds.length} holds ${slice.length} values instead of ${nx} × ${ny}; ` +
          'only greyscale images of one size can be used.',
      );
    voxels ??= new (slice.constructor as new (length: number) => Voxels)(
      slice.length * imageIds.length,
    );
    voxels.set(slice, k * slice.length);
  });
  return voxels!;
}
