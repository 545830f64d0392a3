import type { Analysis, Progress } from '@vessels/workers/protocol';
import type { Session, VesselsContext } from '../context';
import { toGrid } from './grid';

/**
 * Centerlines and QC of a mask of the slices, against the chosen reference when it lies on the same series.
 *
 * @param mask is handed over: gone for the caller
 */
export function analyse(
  ctx: VesselsContext,
  session: Session,
  mask: Uint8Array,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Analysis> {
  const { series } = session;
  const options = { onProgress, ...(signal && { signal }) };
  const reference = referenceFor(ctx, session);
  return ctx.client.analyse(toGrid(series, mask), series.geometry, reference, options);
}

/** A copy of the chosen reference to hand over, on the regular grid, when it lies on this series. */
export const referenceFor = (
  { reference }: VesselsContext,
  { uid }: Session,
): Uint8Array | undefined => (reference?.seriesUID === uid ? reference.mask.slice() : undefined);
