import type { InstanceReference, NaturalDataset } from './types';
import { textOf } from './values';

/** The instances of data sets, each once: frames of a multi-frame image are of one instance. */
export function instancesOf(datasets: readonly NaturalDataset[]): InstanceReference[] {
  const references = datasets.map((dataset) => ({
    seriesInstanceUID: textOf(dataset, 'SeriesInstanceUID')!,
    sopClassUID: textOf(dataset, 'SOPClassUID')!,
    sopInstanceUID: textOf(dataset, 'SOPInstanceUID')!,
  }));
  return [...new Map(references.map((one) => [one.sopInstanceUID, one])).values()];
}

/** Instances of one study by series (PS3.3 C.17.2.1, hierarchical SOP instance reference). */
export function byStudyAndSeries(
  studyInstanceUID: string,
  instances: readonly InstanceReference[],
): NaturalDataset[] {
  const series = [...new Set(instances.map(({ seriesInstanceUID }) => seriesInstanceUID))];
  return [
    {
      StudyInstanceUID: studyInstanceUID,
      ReferencedSeriesSequence: series.map((uid) => ({
        SeriesInstanceUID: uid,
        ReferencedSOPSequence: instances
          .filter(({ seriesInstanceUID }) => seriesInstanceUID === uid)
          .map(({ sopClassUID, sopInstanceUID }) => ({
            ReferencedSOPClassUID: sopClassUID,
            ReferencedSOPInstanceUID: sopInstanceUID,
          })),
      })),
    },
  ];
}

/**
 * The object of the same study that a new one replaces. Predecessor Documents Sequence (0040,A360) is an SR's; OHIF
 * and Cornerstone3D write and follow it in SEGs too.
 */
export const predecessorOf = (
  source: NaturalDataset,
  predecessor: InstanceReference | undefined,
): NaturalDataset =>
  predecessor
    ? {
        PredecessorDocumentsSequence: byStudyAndSeries(textOf(source, 'StudyInstanceUID')!, [
          predecessor,
        ]),
      }
    : {};
