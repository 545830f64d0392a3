import { eventTarget } from '@cornerstonejs/core';
import { Enums, type Types } from '@cornerstonejs/tools';
import type { PubSub, Unsubscribe } from '@ohif/core';
import { attachResult, eraseResult } from './actions/draw';
import { setResult } from './actions/commit';
import { followPlan } from './actions/plan';
import { followView } from './actions/region';
import { refresh } from './actions/update';
import type { Session, VesselsContext } from './context';
import { canStore } from './host/store';
import { activeDisplaySet, describeSeries, referenceChoices } from './viewer/series';
import { spareVolumesIn3D } from './viewer/volume3d';

/** Rest after the last stroke of a brush before the numbers follow, ms. */
const EDIT_DELAY = 1000;

/**
 * Follow what the viewer shows: the active series, the SEGs of the study, new viewports, edits and removal of our
 * labelmap.
 *
 * @returns the function that stops it
 */
export function follow(ctx: VesselsContext): Unsubscribe {
  const { viewportGridService, displaySetService, cornerstoneViewportService } = ctx.services;
  const { SEGMENTATION_DATA_MODIFIED, SEGMENTATION_REMOVED } = Enums.Events;
  const stops = [
    onAny(viewportGridService, () => followSeries(ctx)),
    onAny(displaySetService, () => followSeries(ctx)),
    cornerstoneViewportService.subscribe(
      cornerstoneViewportService.EVENTS.VIEWPORT_DATA_CHANGED!,
      ({ viewportId }) => followViewport(ctx, String(viewportId)),
    ).unsubscribe,
    listen(eventTarget, SEGMENTATION_DATA_MODIFIED, editFollower(ctx)),
    listen(eventTarget, SEGMENTATION_REMOVED, (event) => followRemoval(ctx, event)),
  ];
  followSeries(ctx);
  spareVolumesIn3D(ctx.services);
  stops.push(followPlan(ctx), followView(ctx));
  return () => stops.forEach((stop) => stop());
}

/** Every event of a service. */
function onAny(service: PubSub, callback: () => void): Unsubscribe {
  const subscriptions = Object.values(service.EVENTS).map((event) =>
    service.subscribe(event, callback),
  );
  return () => subscriptions.forEach(({ unsubscribe }) => unsubscribe());
}

function listen(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
  name: string,
  listener: (event: Event) => void,
): Unsubscribe {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}

function followSeries({
  services,
  extensionManager,
  store,
  reference,
  mayResample,
}: VesselsContext): void {
  const displaySet = activeDisplaySet(services);
  const { activeDisplaySets } = services.displaySetService;
  store.setState({
    references: displaySet ? referenceChoices(activeDisplaySets, displaySet.StudyInstanceUID) : [],
    canStore: canStore(extensionManager.getActiveDataSourceOrNull()),
  });
  if (!displaySet || displaySet.displaySetInstanceUID === store.getState().series?.uid) return;
  const { displaySetInstanceUID } = displaySet;
  const series = describeSeries(displaySet, mayResample.has(displaySetInstanceUID));
  store.setState(({ results, series: before, error }) => ({
    series,
    error: before ? undefined : error,
    threshold: results[series.uid]?.threshold,
    region: undefined,
    referenceUID: reference?.seriesUID === series.uid ? reference.uid : undefined,
  }));
}

/** A viewport has got other images: it does not show the result yet. */
function followViewport(ctx: VesselsContext, viewportId: string): void {
  spareVolumesIn3D(ctx.services);
  for (const result of Object.values(ctx.store.getState().results)) {
    const session = ctx.sessions.get(result.seriesUID);
    if (session) void attachResult(ctx, session, result, viewportId);
  }
}

/** The session whose result a segmentation shows. */
const shownBy = (
  { sessions, store }: VesselsContext,
  segmentationId: string,
): Session | undefined =>
  [...sessions.values()].find(
    ({ target, uid }) => target.segmentationId === segmentationId && store.getState().results[uid],
  );

type DataModified = CustomEvent<Types.EventTypes.SegmentationDataModifiedEventDetail>;

/** The user changed our labelmap with OHIF's own tools, or undid such a change. */
function editFollower(ctx: VesselsContext): (event: Event) => void {
  let timer: ReturnType<typeof setTimeout>;
  ctx.alive.addEventListener('abort', () => clearTimeout(timer));
  return (event) => {
    const { segmentationId, modifiedSlicesToUse } = (event as DataModified).detail;
    const session = shownBy(ctx, segmentationId);
    if (ctx.writing || ctx.preview || !session) return;
    // mounting a labelmap raises the same event, but names no slices
    if (modifiedSlicesToUse?.length) {
      ctx.revision++;
      ctx.store.setState({ stale: session.uid });
    }
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(ctx, session), EDIT_DELAY);
  };
}

/** The user deleted our segmentation in OHIF's own panel: its result goes with it. */
function followRemoval(ctx: VesselsContext, event: Event): void {
  const { segmentationId } = (event as CustomEvent<{ segmentationId: string }>).detail;
  const session = shownBy(ctx, segmentationId);
  if (ctx.writing || !session) return;
  ctx.revision++;
  delete ctx.preview;
  setResult(ctx, session.uid);
  eraseResult(ctx, session);
}
