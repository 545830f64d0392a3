import type { DisplaySet, Services } from '@ohif/core';
import { seriesGeometry } from '@vessels/dicom/seriesGeometry';
import type { NaturalDataset } from '@vessels/dicom/types';
import { InputError } from '@vessels/volume/errors';
import type { Geometry } from '@vessels/volume/geometry';
import type { ReferenceChoice, SeriesInfo } from '../state/types';

/** A series ready for the pipeline. */
export interface CheckedSeries {
  readonly displaySet: DisplaySet;
  readonly geometry: Geometry;
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

/**
 * Geometry and order of a series, checked before any image is loaded.
 *
 * @throws InputError with the tag and the reason when the series is no regular grid
 */
export function checkSeries(displaySet: DisplaySet): CheckedSeries {
  const all = displaySet.instances ?? [];
  const { geometry, order } = seriesGeometry(all);
  const instances = order.map((index) => all[index]!);
  return {
    displaySet,
    geometry,
    instances,
    imageIds: instances.map(({ imageId }) => String(imageId)),
  };
}

/** What the panel says about a series, its refusal included. */
export function describeSeries(displaySet: DisplaySet): SeriesInfo {
  const info = {
    uid: displaySet.displaySetInstanceUID,
    studyUID: displaySet.StudyInstanceUID,
    label: seriesLabel(displaySet),
    modality: displaySet.Modality,
  };
  try {
    checkSeries(displaySet);
    return info;
  } catch (error) {
    if (error instanceof InputError) return { ...info, refusal: error.message };
    throw error;
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
