import { pushMaskEdit } from '@vessels/tools/history';
import type { Session, VesselsContext } from '../context';
import type { VesselResult } from '../state/types';
import { ensureSegmentation, removeSegmentation } from '../viewer/segmentation';
import { drawResult, eraseResult } from './draw';
import { ourselves, readMask, writeMask } from './mask';

/** Make a mask and what is known of it the vessels of the series, as one step on OHIF's undo. */
export async function commit(
  ctx: VesselsContext,
  session: Session,
  mask: Uint8Array,
  after: VesselResult,
): Promise<void> {
  const before = readMask(ctx, session);
  const was = ctx.store.getState().results[after.seriesUID];
  const shown = show(ctx, session, mask, after);
  // At once: the change can be taken back even where it could not be drawn.
  pushMaskEdit({
    segmentationId: session.target.segmentationId,
    before,
    after: mask,
    read: () => readMask(ctx, session),
    apply: (restored, direction) => {
      if (!ctx.alive.aborted) void show(ctx, session, restored, direction === 'undo' ? was : after);
    },
  });
  await shown;
}

/** Bring viewer and panel to one state of the vessels; without a result the series is as it was opened. */
async function show(
  ctx: VesselsContext,
  session: Session,
  mask: Uint8Array,
  result: VesselResult | undefined,
): Promise<void> {
  const { uid } = session;
  ctx.revision++;
  delete ctx.preview;
  setResult(ctx, uid, result);
  if (!result) {
    eraseResult(ctx, session);
    ourselves(ctx, () => removeSegmentation(ctx.services, uid));
    return;
  }
  ensureSegmentation(ctx.services, session.series, result.model);
  writeMask(ctx, session, mask);
  await drawResult(ctx, session, result);
}

/** Replace what the panel says about a series; the mask is up to date with it. */
export function setResult({ store }: VesselsContext, uid: string, result?: VesselResult): void {
  store.setState(({ results, stale, threshold }) => {
    const { [uid]: _old, ...others } = results;
    return {
      results: result ? { ...others, [uid]: result } : others,
      stale: stale === uid ? undefined : stale,
      threshold: result?.threshold ?? threshold,
    };
  });
}
