import type { SegmentDescription } from '@vessels/dicom/types';
import { uidFromSeed } from '@vessels/dicom/uid';
import type { Session } from '../context';
import { VESSEL_SEGMENT } from '../viewer/segmentation';
import { isEdited } from '../state/store';
import type { VesselResult } from '../state/types';

/** The vessel segment as a SEG describes it: what it is, and which algorithm or person made it. */
export function vesselSegment(result: VesselResult, { series }: Session): SegmentDescription {
  const { model, threshold, region } = result;
  const label = model.labels[0]!;
  return {
    number: VESSEL_SEGMENT,
    label: label.name,
    category: label.category,
    type: label.type,
    ...(label.anatomicRegion && { anatomicRegion: label.anatomicRegion }),
    algorithmType: isEdited(result) ? 'SEMIAUTOMATIC' : 'AUTOMATIC',
    color: label.color,
    // Every SEG and SR of the series follows the same vessels.
    tracking: {
      id: label.name,
      uid: uidFromSeed(`vessels/${series.displaySet.SeriesInstanceUID}/${label.name}`),
    },
    algorithm: {
      name: model.name,
      version: model.version,
      parameters: [
        `model sha256 ${model.sha256}, threshold ${threshold.toFixed(2)}`,
        ...(region
          ? [`searched ${region.dims.join('×')} voxels from voxel ${region.start.join(', ')} alone`]
          : []),
        ...(series.resampled === undefined ? [] : [series.resampled]),
      ].join('. '),
    },
  };
}
