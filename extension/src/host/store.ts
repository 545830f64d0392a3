import type { DataSource } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';
import { failureReason, refusalReason } from './storeReasons';

/** Whether a data source takes objects: OHIF gives every source a `store`, only DICOMweb ones send. */
export const canStore = (source: DataSource | null): boolean =>
  Boolean(source?.store?.dicom && source.getConfig?.()?.wadoRoot);

/**
 * Store a Part 10 object through OHIF's data source (STOW-RS). What the server holds is never changed: the object has
 * a UID of its own.
 *
 * @param seconds how long the server may take
 * @throws InputError `store.refused`, `store.timeout`, `store.unreachable`, with the server's reason
 */
export async function storeInstance(
  source: DataSource,
  bytes: ArrayBuffer,
  seconds: number,
): Promise<void> {
  const request = new XMLHttpRequest();
  request.timeout = 1000 * seconds;
  const started = performance.now();
  try {
    await source.store!.dicom!(bytes, request);
  } catch (error) {
    const status = request.status || (error as { status?: number }).status;
    if (status) throw refused(refusalReason({ status, response: request.response }));
    // The request's own event of a time-out comes too late to be heard here.
    if (performance.now() - started >= request.timeout)
      throw new InputError(
        'store.timeout',
        `The server did not answer within ${seconds} seconds; it may have stored the object all the same.`,
      );
    throw new InputError('store.unreachable', 'The server could not be reached.');
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

const refused = (reason: string) =>
  new InputError('store.refused', `The server refused the object (${reason}).`);
