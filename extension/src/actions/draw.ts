import { removeSurface, setCenterlines, setSurface, showSurface } from '@vessels/tools';
import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import type { VesselResult } from '../state/types';
import { readMaskInTurns } from './mask';
import { showLabelmap } from '../viewer/segmentation';
import { toGrid } from './grid';
import { showVolumeIn3D } from '../viewer/volume3d';
import { viewportsOf } from '../viewer/viewports';

/**
 * Show a result in every viewport of its series: labelmap and centerlines in planes, surface and centerlines in
 * 3-D. Does nothing for what is shown already. The surface is made in the worker, of the mask that the viewer holds.
 */
export async function drawResult(
  ctx: VesselsContext,
  session: Session,
  result: VesselResult,
): Promise<void> {
  const { geometry } = session.series;
  const frame = geometry.frameOfReferenceUID ?? '';
  const { segmentationId } = session.target;
  const { revision } = ctx;
  const isOver = () => revision !== ctx.revision || ctx.alive.aborted;
  setCenterlines(frame, result.analysis.graph);
  await attachResult(ctx, session, result);
  if (isOver()) return;
  const mesh = await surfaceOf(ctx, session);
  if (!isOver()) setSurface(segmentationId, frame, mesh);
}

/** The surface for 3-D; a worker that dies over it is followed by another one, once. */
async function surfaceOf(ctx: VesselsContext, session: Session) {
  const { series } = session;
  const make = async () =>
    ctx.client.surface(toGrid(series, await readMaskInTurns(ctx, session)), series.geometry);
  try {
    return await make();
  } catch (error) {
    if (error instanceof InputError && error.code === 'worker.crashed') return make();
    throw error;
  }
}

/**
 * Add labelmap and surface to the viewports of the series that do not show them yet.
 *
 * @param only one viewport; the others may still be loading, which would throw out what is added now
 */
export async function attachResult(
  { services }: VesselsContext,
  { series, target }: Session,
  { model }: VesselResult,
  only?: string,
): Promise<void> {
  const { segmentationId } = target;
  const shown = viewportsOf(services, series.geometry).filter(
    ({ viewportId }) => only === undefined || viewportId === only,
  );
  const planes = shown.filter(({ is3D }) => !is3D).map(({ viewportId }) => viewportId);
  await showLabelmap(services, planes, segmentationId, model.labels[0]!.color);
  if (!services.segmentationService.getSegmentation(segmentationId)) return;
  for (const { viewportId, viewport, is3D } of shown)
    if (is3D) {
      showVolumeIn3D(viewport, false);
      showSurface(segmentationId, viewportId);
    }
}

/** Take everything that {@link drawResult} showed out of the viewports, the segmentation itself excepted. */
export function eraseResult({ services }: VesselsContext, { series, target }: Session): void {
  setCenterlines(series.geometry.frameOfReferenceUID ?? '', undefined);
  removeSurface(target.segmentationId);
  for (const { viewport, is3D } of viewportsOf(services, series.geometry))
    if (is3D) showVolumeIn3D(viewport, true);
}
