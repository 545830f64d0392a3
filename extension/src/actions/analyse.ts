import type { Analysis, Progress } from '@vessels/workers/protocol';
import type { Session, VesselsContext } from '../context';

/** Centerlines and QC of a mask, against the chosen reference when it lies on the same series. */
export function analyse(
  { client, reference }: VesselsContext,
  { uid, series }: Session,
  mask: Uint8Array,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Analysis> {
  const compared = reference?.seriesUID === uid;
  return client.analyse(
    mask.slice(),
    series.geometry,
    compared ? reference?.mask.slice() : undefined,
    { onProgress, ...(signal && { signal }) },
  );
}
