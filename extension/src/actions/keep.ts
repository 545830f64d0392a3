import { applyDelta, maskDelta } from '@vessels/tools/maskDelta';
import { InputError } from '@vessels/volume/errors';
import { voxelCount } from '@vessels/volume/geometry';
import type { Session, VesselsContext } from '../context';
import { fingerprint } from '../state/fingerprint';
import { currentKept, savedAs } from '../state/store';
import type { KeptVessels, VesselResult } from '../state/types';
import { seriesKey } from '../viewer/series';
import { analyse } from './analyse';
import { commit } from './commit';
import { readMask } from './mask';
import { agreeToResample } from './resample';
import { currentSession } from './session';
import { updating } from './update';

/** Keep every result that was not saved: OHIF leaves a mode without asking. */
export function keepUnsaved(ctx: VesselsContext): void {
  const { results } = ctx.store.getState();
  const added = Object.values(results).flatMap((result) => {
    const session = ctx.sessions.get(result.seriesUID);
    return (session && unsaved(ctx, session, result)) ?? [];
  });
  ctx.store.setState(({ kept }) => ({ kept: [...kept, ...added] }));
}

function unsaved(
  ctx: VesselsContext,
  session: Session,
  result: VesselResult,
): KeptVessels | undefined {
  const { services, mayResample, store } = ctx;
  if (!services.segmentationService.getSegmentation(session.target.segmentationId))
    return undefined;
  const state = store.getState();
  const mask = readMask(ctx, session);
  const notStored = state.notStored.filter((item) => item.result.seriesUID === session.uid);
  const isSaved = savedAs(state, result) !== undefined && fingerprint(mask) === result.mask;
  if (isSaved && notStored.length === 0) return undefined;
  return {
    key: seriesKey(session.series.displaySet),
    result,
    mask: maskDelta(new Uint8Array(mask.length), mask),
    mayResample: mayResample.has(session.uid),
    notStored,
  };
}

/** Make what was kept of the series shown its vessels again, as one undo step. */
export async function restoreKept(ctx: VesselsContext): Promise<void> {
  const { store } = ctx;
  const kept = currentKept(store.getState());
  if (!kept) return;
  await updating(ctx, async (report) => {
    if (kept.mayResample) agreeToResample(ctx);
    const session = currentSession(ctx);
    const { uid } = session;
    if (kept.mask.length !== voxelCount(session.series.slices))
      throw new InputError(
        'kept.size',
        'The series has other slices than when the vessels were kept; load it as it was then.',
      );
    const mask = new Uint8Array(kept.mask.length);
    applyDelta(mask, kept.mask, 'after');
    const print = fingerprint(mask);
    const before = { ...kept.result, seriesUID: uid };
    // the last strokes of a brush may not have been measured
    const analysis =
      print === before.mask ? before.analysis : await analyse(ctx, session, mask.slice(), report);
    await commit(ctx, session, mask, { ...before, mask: print, analysis });
    store.setState(({ notStored }) => ({
      notStored: [
        ...notStored,
        ...kept.notStored.map((item, i) => ({
          ...item,
          id: Math.max(0, ...notStored.map(({ id }) => id)) + i + 1,
          result: { ...item.result, seriesUID: uid },
        })),
      ],
    }));
    forget(ctx, kept);
  });
}

/** Let go of what was kept of the series shown. */
export function discardKept(ctx: VesselsContext): void {
  const kept = currentKept(ctx.store.getState());
  if (kept) forget(ctx, kept);
}

const forget = ({ store }: VesselsContext, gone: KeptVessels): void =>
  store.setState(({ kept }) => ({ kept: kept.filter((one) => one !== gone) }));
