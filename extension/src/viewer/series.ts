import type { DisplaySet, Services } from '@ohif/core';
import { seriesResampling } from '@vessels/dicom/resampleSeries';
import { SeriesError } from '@vessels/dicom/seriesError';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset } from '@vessels/dicom/types';
import { InputError } from '@vessels/volume/errors';
import type { Geometry } from '@vessels/volume/geometry';
import type { Resampling } from '@vessels/volume/resampling';
import type { ReferenceChoice, SeriesInfo } from '../state/types';

/** A series ready for the pipeline. */
export interface CheckedSeries {
  readonly displaySet: DisplaySet;
  /** The regular grid on which vessels are found and measured. */
  readonly geometry: Geometry;
  /** The grid of the slices themselves, on which vessels are shown and stored: the same, unless resampled. */
  readonly slices: Geometry;
  /** Of a series that is no regular grid: how it comes onto `geometry`. */
  readonly resampling?: Resampling;
  /** What was done for that, one sentence. */
  readonly resampled?: string;
  /** Source instances, slice by slice in the order of the geometry. */
  readonly instances: readonly NaturalDataset[];
  /** cornerstone imageIds, same order. */
  readonly imageIds: readonly string[];
}

/** The image series of the active viewport: for a SEG, the series that it refers to. */
export function activeDisplaySet({
  viewportGridService,
  displaySetService,
}: Services): DisplaySet | undefined {
  const { activeViewportId, viewports } = viewportGridService.getState();
  const uids = (activeViewportId && viewports.get(activeViewportId)?.displaySetInstanceUIDs) || [];
  const [first] = uids.flatMap((uid) => displaySetService.getDisplaySetByUID(uid) ?? []);
  return first?.referencedDisplaySetInstanceUID
    ? displaySetService.getDisplaySetByUID(first.referencedDisplaySetInstanceUID)
    : first;
}

type Instances = readonly NaturalDataset[];

function regular(instances: Instances) {
  const { geometry, order } = seriesGeometry(instances);
  return { geometry, slices: geometry, order };
}

function resampled(instances: Instances) {
  const { resampling, order, note } = seriesResampling(instances);
  if (note === undefined) return regular(instances);
  const { grid, slices } = resampling;
  return { geometry: grid, slices, resampling, resampled: note, order };
}

/**
 * Geometry and order of a series, checked before any image is loaded.
 *
 * @param mayResample whether the user has agreed to put a series that is no regular grid onto one
 * @throws InputError with the tag and the reason when the series cannot be used
 */
export function checkSeries(displaySet: DisplaySet, mayResample: boolean): CheckedSeries {
  const all = displaySet.instances ?? [];
  const { order, ...grids } = mayResample ? resampled(all) : regular(all);
  const instances = order.map((index) => all[index]!);
  return {
    displaySet,
    ...grids,
    instances,
    imageIds: instances.map(({ imageId }) => String(imageId)),
  };
}

/** What the panel says about a series, its refusal included; see {@link checkSeries}. */
export function describeSeries(displaySet: DisplaySet, mayResample: boolean): SeriesInfo {
  const info = {
    uid: displaySet.displaySetInstanceUID,
    studyUID: displaySet.StudyInstanceUID,
    label: seriesLabel(displaySet),
    modality: displaySet.Modality,
  };
  try {
    const { resampled: note } = checkSeries(displaySet, mayResample);
    return { ...info, ...(note !== undefined && { resampled: note }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const canResample = error instanceof SeriesError && error.resample;
    return { ...info, refusal: error.message, ...(canResample && { canResample }) };
  }
}

/** Number, description and modality of a series, as OHIF's study browser shows them. */
export const seriesLabel = ({ SeriesNumber, SeriesDescription, Modality }: DisplaySet): string =>
  [SeriesNumber !== undefined && `S${SeriesNumber}`, SeriesDescription || Modality]
    .filter(Boolean)
    .join(' · ');

/** SEG series of a study that are on the server. */
export const referenceChoices = (
  displaySets: readonly DisplaySet[],
  studyUID: string,
): readonly ReferenceChoice[] =>
  displaySets
    .filter(
      ({ Modality, StudyInstanceUID, madeInClient }) =>
        Modality === 'SEG' && StudyInstanceUID === studyUID && !madeInClient,
    )
    .map((set) => ({
      uid: set.displaySetInstanceUID,
      label: [seriesLabel(set), contentTime(set)].filter(Boolean).join(', '),
    }));

/** When a SEG was made, as `2026-11-21 08:15`: several of one name may stand in a study. */
function contentTime({ instance }: DisplaySet): string {
  const date = /^(\d{4})(\d\d)(\d\d)$/.exec(String(instance?.ContentDate ?? ''));
  const time = /^(\d\d)(\d\d)/.exec(String(instance?.ContentTime ?? ''));
  return date && time ? `${date.slice(1).join('-')} ${time.slice(1).join(':')}` : '';
}
