import type { SegmentDescription } from '@vessels/dicom/types';
import { VESSEL_SEGMENT } from '../viewer/segmentation';
import { isEdited } from '../state/store';
import type { VesselResult } from '../state/types';

/** The vessel segment as a SEG describes it: what it is, and which algorithm or person made it. */
export function vesselSegment(result: VesselResult): SegmentDescription {
  const { model, threshold } = result;
  const label = model.labels[0]!;
  return {
    number: VESSEL_SEGMENT,
    label: label.name,
    category: label.category,
    type: label.type,
    ...(label.anatomicRegion && { anatomicRegion: label.anatomicRegion }),
    algorithmType: isEdited(result) ? 'SEMIAUTOMATIC' : 'AUTOMATIC',
    color: label.color,
    algorithm: {
      name: model.name,
      version: model.version,
      parameters: `model sha256 ${model.sha256}, threshold ${threshold.toFixed(2)}`,
    },
  };
}
