import type { DisplaySet } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import { labelmapTarget } from '../viewer/segmentation';
import { checkSeries } from '../viewer/series';

/**
 * The checked series that the panel works on.
 *
 * @throws InputError when no series is shown or its geometry cannot be used
 */
export function currentSession(ctx: VesselsContext): Session {
  const { series } = ctx.store.getState();
  const displaySet = series && ctx.services.displaySetService.getDisplaySetByUID(series.uid);
  if (!displaySet)
    throw new InputError('series.none', 'No series is shown; open an angiogram in a viewport.');
  return sessionOf(ctx, displaySet);
}

/** What we hold of a series; its geometry is checked the first time. */
export function sessionOf(
  { sessions, mayResample, extensionManager }: VesselsContext,
  displaySet: DisplaySet,
): Session {
  const uid = displaySet.displaySetInstanceUID;
  const known = sessions.get(uid);
  if (known) return known;
  const source = extensionManager.getActiveDataSourceOrNull();
  const series = checkSeries(displaySet, mayResample.has(uid), source);
  const session = { uid, series, target: labelmapTarget(series) };
  sessions.set(uid, session);
  return session;
}
