import { cache, imageLoader } from '@cornerstonejs/core';
import { Enums } from '@cornerstonejs/tools';
import type { Services } from '@ohif/core';
import type { ModelManifest } from '@vessels/inference/manifest';
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

/** Images of the labelmap carry the segmentation's name, so that undo and redo of a run meet the same ones. */
const derivedImageId = (segmentationId: string, k: number): string =>
  `derived:${segmentationId}-${k}`;

/**
 * The segmentation of a series in OHIF's list, empty when it is new.
 *
 * @param model its label names and colours the segment
 */
export function ensureSegmentation(
  { segmentationService }: Services,
  { displaySet, imageIds }: CheckedSeries,
  model: ModelManifest,
): void {
  const segmentationId = segmentationIdOf(displaySet.displaySetInstanceUID);
  if (segmentationService.getSegmentation(segmentationId)) return;
  const derived = imageIds.map((imageId, k) => {
    const id = derivedImageId(segmentationId, k);
    if (!cache.getImage(id))
      imageLoader.createAndCacheDerivedLabelmapImage(imageId, { imageId: id });
    return id;
  });
  const { name } = model.labels[0]!;
  segmentationService.addOrUpdateSegmentation({
    segmentationId,
    representation: {
      type: Labelmap,
      data: { imageIds: derived, referencedImageIds: [...imageIds] },
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
