import { metaData } from '@cornerstonejs/core';
import type { DataSource, DisplaySet, Services } from '@ohif/core';
import { imageFrames } from '@vessels/dicom/multiframe';
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
  /** Source instances, or frames of them, slice by slice in the order of the geometry. */
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

/** How the image of a slice is found in cornerstone. */
type ImageIdOf = (slice: NaturalDataset) => string;

const keyOf = (sopInstanceUID: unknown, frame: unknown) =>
  `${String(sopInstanceUID)} ${String(frame ?? 1)}`;

/** Single-frame images carry their imageId themselves; it is not enumerable, so that copies have none. */
function ownImageIds(instances: Instances): ImageIdOf {
  const ids = new Map(instances.map((one) => [keyOf(one.SOPInstanceUID, 1), String(one.imageId)]));
  return ({ SOPInstanceUID }) => ids.get(keyOf(SOPInstanceUID, 1))!;
}

/** What OHIF tells of the image behind an imageId. */
interface ImageOfId {
  readonly SOPInstanceUID: string;
  /** Of a frame of a multi-frame image, from 1. */
  readonly frameNumber?: number | string;
}

/** Frames are found by instance and number, never by their place in the list. */
function frameImageIds(displaySet: DisplaySet, source: DataSource | null): ImageIdOf {
  const ids = new Map(
    (source?.getImageIdsForDisplaySet?.(displaySet) ?? []).map((id) => {
      const { SOPInstanceUID, frameNumber } = metaData.get('instance', id) as ImageOfId;
      return [keyOf(SOPInstanceUID, frameNumber), id];
    }),
  );
  return ({ SOPInstanceUID, ReferencedFrameNumber }) =>
    ids.get(keyOf(SOPInstanceUID, ReferencedFrameNumber))!;
}

type Grids = Pick<CheckedSeries, 'geometry' | 'slices' | 'resampling' | 'resampled'> & {
  /** order[k] is the place of slice k in the list. */
  readonly order: readonly number[];
};

function regular(instances: Instances): Grids {
  const { geometry, order } = seriesGeometry(instances);
  return { geometry, slices: geometry, order };
}

function resampled(instances: Instances): Grids {
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
function checkGeometry({ instances = [] }: DisplaySet, mayResample: boolean) {
  const frames = imageFrames(instances);
  const { order, ...grids } = mayResample ? resampled(frames) : regular(frames);
  return { ...grids, instances: order.map((index) => frames[index]!) };
}

/**
 * A series ready for the pipeline; see {@link checkGeometry}.
 *
 * @param source knows the frames of multi-frame images
 */
export function checkSeries(
  displaySet: DisplaySet,
  mayResample: boolean,
  source: DataSource | null,
): CheckedSeries {
  const checked = checkGeometry(displaySet, mayResample);
  const all = displaySet.instances ?? [];
  const isSingle = checked.instances.length === all.length;
  const imageIdOf = isSingle ? ownImageIds(all) : frameImageIds(displaySet, source);
  return { displaySet, ...checked, imageIds: checked.instances.map(imageIdOf) };
}

/** What the panel says about a series, its refusal included; see {@link checkGeometry}. */
export function describeSeries(displaySet: DisplaySet, mayResample: boolean): SeriesInfo {
  const info = {
    uid: displaySet.displaySetInstanceUID,
    key: seriesKey(displaySet),
    studyUID: displaySet.StudyInstanceUID,
    label: seriesLabel(displaySet),
    modality: displaySet.Modality,
  };
  try {
    const { resampled: note } = checkGeometry(displaySet, mayResample);
    return { ...info, ...(note !== undefined && { resampled: note }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const canResample = error instanceof SeriesError && error.resample;
    return { ...info, refusal: error.message, ...(canResample && { canResample }) };
  }
}

/** Names a series, or a multi-frame image of one, by DICOM's own UIDs. */
export const seriesKey = ({ SeriesInstanceUID, instances = [] }: DisplaySet): string =>
  instances.length === 1
    ? `${SeriesInstanceUID} ${String(instances[0]!.SOPInstanceUID)}`
    : SeriesInstanceUID;

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
