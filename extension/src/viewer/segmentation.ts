import { cache, imageLoader } from '@cornerstonejs/core';
import { Enums } from '@cornerstonejs/tools';
import type { Services } from '@ohif/core';
import type { ModelManifest } from '@vessels/inference/manifest';
import { inTurns, nextTask } from '@vessels/inference/tasks';
import type { LabelmapTarget } from '@vessels/tools/labelmap';
import { hexToRgb } from './color';
import type { CheckedSeries } from './series';

const { Labelmap } = Enums.SegmentationRepresentations;

/** The one vessel segment of our segmentations. */
export const VESSEL_SEGMENT = 1;

const PREFIX = 'vessels-';

/** Our segmentation of a series: one per series, replaced by each run. */
export const segmentationIdOf = (seriesUID: string): string => PREFIX + seriesUID;

/** Where masks of a series are read and written. */
export const labelmapTarget = ({
  displaySet,
  slices,
  resampling,
  imageIds,
}: CheckedSeries): LabelmapTarget => ({
  segmentationId: segmentationIdOf(displaySet.displaySetInstanceUID),
  geometry: slices,
  ...(resampling && { resampling }),
  sourceImageIds: imageIds,
  segmentIndex: VESSEL_SEGMENT,
});

/**
 * The labelmap's image on slice k of the series; made if there is none. It carries the segmentation's name, so that
 * undo and redo of a run meet the same ones.
 */
function labelmapImage({ displaySet, imageIds }: CheckedSeries, k: number): string {
  const imageId = `derived:${segmentationIdOf(displaySet.displaySetInstanceUID)}-${k}`;
  if (!cache.getImage(imageId))
    imageLoader.createAndCacheDerivedLabelmapImage(imageIds[k]!, { imageId });
  return imageId;
}

/** Make the labelmap's images before it is shown, without holding up the viewer: each takes a millisecond. */
export const makeLabelmapImages = (series: CheckedSeries): Promise<void> =>
  inTurns(series.imageIds.length, (k) => void labelmapImage(series, k));

/**
 * The segmentation of a series in OHIF's list, empty when it is new.
 *
 * @param model its label names and colours the segment
 */
export function ensureSegmentation(
  { segmentationService }: Services,
  series: CheckedSeries,
  model: ModelManifest,
): void {
  const segmentationId = segmentationIdOf(series.displaySet.displaySetInstanceUID);
  if (segmentationService.getSegmentation(segmentationId)) return;
  const { name } = model.labels[0]!;
  segmentationService.addOrUpdateSegmentation({
    segmentationId,
    representation: {
      type: Labelmap,
      data: {
        imageIds: series.imageIds.map((_, k) => labelmapImage(series, k)),
        referencedImageIds: [...series.imageIds],
      },
    },
    config: {
      label: name,
      segments: {
        [VESSEL_SEGMENT]: {
          segmentIndex: VESSEL_SEGMENT,
          label: name,
          active: true,
          cachedStats: {},
        },
      },
    },
  });
}

/** Take our segmentation of a series out of OHIF's list and of every viewport. */
export function removeSegmentation({ segmentationService }: Services, seriesUID: string): void {
  const segmentationId = segmentationIdOf(seriesUID);
  if (segmentationService.getSegmentation(segmentationId))
    segmentationService.remove(segmentationId);
}

/** Show the segmentation as a labelmap in these viewports, in the colour of the model's label. */
export async function showLabelmap(
  { segmentationService }: Services,
  viewportIds: readonly string[],
  segmentationId: string,
  color: string,
): Promise<void> {
  for (const viewportId of viewportIds) {
    // The viewer is busy with each viewport for a while; meanwhile an undo may take the segmentation away.
    await nextTask();
    if (!segmentationService.getSegmentation(segmentationId)) return;
    const specifier = { segmentationId, type: Labelmap };
    // adding it again would make OHIF build another volume of the labelmap
    if (segmentationService.getSegmentationRepresentations(viewportId, specifier).length === 0)
      await segmentationService.addSegmentationRepresentation(viewportId, specifier);
    segmentationService.setSegmentColor(viewportId, segmentationId, VESSEL_SEGMENT, [
      ...hexToRgb(color),
      255,
    ]);
  }
}
