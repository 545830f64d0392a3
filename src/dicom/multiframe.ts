import type { NaturalDataset } from './types';
import { itemsOf } from './values';

/** Functional groups whose elements single-frame images have at their top level (PS3.3 C.7.6.16.2). */
const GROUPS: readonly (readonly [sequence: string, keywords: readonly string[]])[] = Object.freeze(
  [
    ['PixelMeasuresSequence', ['PixelSpacing', 'SliceThickness', 'SpacingBetweenSlices']],
    ['PlaneOrientationSequence', ['ImageOrientationPatient']],
    ['PlanePositionSequence', ['ImagePositionPatient']],
    ['PixelValueTransformationSequence', ['RescaleIntercept', 'RescaleSlope', 'RescaleType']],
    ['FrameVOILUTSequence', ['WindowCenter', 'WindowWidth']],
  ],
);

/** The elements of a frame's groups, else of the shared ones. */
function fromGroups(groups: readonly NaturalDataset[]): NaturalDataset {
  const found: Record<string, unknown> = {};
  for (const [sequence, keywords] of GROUPS) {
    const item = groups.flatMap((group) => itemsOf(group, sequence))[0];
    for (const keyword of keywords)
      if (item?.[keyword] !== undefined) found[keyword] = item[keyword];
  }
  return found;
}

/**
 * The frames of enhanced multi-frame images (Enhanced CT or MR, legacy converted ones too) as if each were an image of
 * its own: place, spacing, rescale and window at the top level, Number of Frames 1, and the frame's number as
 * Referenced Frame Number (0008,1160), by which a SEG refers to it. Other images stay as they are.
 *
 * @returns as many data sets as there are frames, in the order of instances and frames
 */
export const imageFrames = (instances: readonly NaturalDataset[]): readonly NaturalDataset[] =>
  instances.flatMap((instance) => {
    const {
      PerFrameFunctionalGroupsSequence: _frames,
      SharedFunctionalGroupsSequence: _shared,
      ...common
    } = instance;
    const shared = itemsOf(instance, 'SharedFunctionalGroupsSequence');
    const frames = itemsOf(instance, 'PerFrameFunctionalGroupsSequence');
    if (frames.length === 0) return [instance];
    return frames.map((frame, f) => ({
      ...common,
      ...fromGroups([frame, ...shared]),
      NumberOfFrames: 1,
      ReferencedFrameNumber: f + 1,
    }));
  });
