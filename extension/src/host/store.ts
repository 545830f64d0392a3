import type { DataSource } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';

/** Whether a data source takes objects: OHIF gives every source a `store`, only DICOMweb ones send. */
export const canStore = (source: DataSource | null): boolean =>
  Boolean(source?.store?.dicom && source.getConfig?.()?.wadoRoot);

/**
 * Store a Part 10 object through OHIF's data source (STOW-RS).
 *
 * @throws InputError with the server's status when it refuses; nothing is lost
 */
export async function storeInstance(source: DataSource, bytes: ArrayBuffer): Promise<void> {
  const request = new XMLHttpRequest();
  try {
    await source.store!.dicom!(bytes, request);
  } catch (error) {
    if (request.status === 0 && !(error as { status?: number }).status) throw unreachable();
    throw refused(`status ${request.status}`);
  }
  const failure = failureReason(request);
  if (failure) throw refused(failure);
}

/** Let OHIF load the metadata of one more series of a study; its display sets follow from that. */
export async function loadSeries(
  source: DataSource,
  studyInstanceUID: string,
  seriesInstanceUID: string,
): Promise<void> {
  const forget = () => {
    source.deleteStudyMetadataPromise?.(studyInstanceUID);
    // OHIF 3.13 keeps what it knows of a study under this longer name, and forgets it by the shorter one alone
    source.deleteStudyMetadataPromise?.(`${source.getConfig?.()?.name}:${studyInstanceUID}`);
  };
  forget();
  try {
    await source.retrieve?.series?.metadata({
      StudyInstanceUID: studyInstanceUID,
      filters: { seriesInstanceUID: [seriesInstanceUID] },
    });
  } finally {
    // else this one series would pass for the whole study
    forget();
  }
}

const unreachable = () =>
  new InputError(
    'store.unreachable',
    'The server did not answer; the vessels are kept here: save again, or download the SEG.',
  );

const refused = (reason: string) =>
  new InputError(
    'store.refused',
    `The server refused the SEG (${reason}); the vessels are kept here: save again, or download the SEG.`,
  );

/**
 * A STOW answer may be 200 or 202 and still name the object under Failed SOP Sequence (0008,1198) with a Failure
 * Reason (0008,1197), PS3.18 10.5.3.
 */
export function failureReason({
  status,
  response,
}: Pick<XMLHttpRequest, 'status' | 'response'>): string | undefined {
  try {
    const answer = typeof response === 'string' ? JSON.parse(response) : response;
    const failed = answer?.['00081198']?.Value?.[0];
    if (!failed) return undefined;
    const reason = failed['00081197']?.Value?.[0];
    return `status ${status}${reason === undefined ? '' : `, failure reason ${reason}`}`;
  } catch {
    return undefined;
  }
}
