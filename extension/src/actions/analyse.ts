import type { Analysis, Progress } from '@vessels/workers/protocol';
import type { Session, VesselsContext } from '../context';

/** Centerlines and QC of a mask, against the chosen reference when it lies on the same series. */
export function analyse(
  ctx: VesselsContext,
  session: Session,
  mask: Uint8Array,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Analysis> {
  return ctx.client.analyse(mask.slice(), session.series.geometry, referenceFor(ctx, session), {
    onProgress,
    ...(signal && { signal }),
  });
}

/** A copy of the chosen reference to hand over, when it lies on this series. */
export const referenceFor = (
  { reference }: VesselsContext,
  { uid }: Session,
): Uint8Array | undefined => (reference?.seriesUID === uid ? reference.mask.slice() : undefined);
