import manifest from '../../package.json';
import { writeSeg, type SegObject } from '@vessels/dicom/seg';
import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import { download } from '../host/download';
import { loadSeries, storeInstance } from '../host/store';
import { sentence } from '../state/sentence';
import type { VesselResult } from '../state/types';
import { seriesLabel } from '../viewer/series';
import { readMask } from './commit';
import { currentSession } from './session';
import { vesselSegment } from './segment';
import { refresh } from './update';

/** As the SEG names its maker. */
const SOFTWARE = Object.freeze({ name: 'ohif-vessels', version: manifest.version });

/** Store the vessels of the series as a DICOM SEG in the study, and let OHIF find it there. */
export async function save(ctx: VesselsContext): Promise<void> {
  await saving(ctx, async (session, result) => {
    const source = ctx.extensionManager.getActiveDataSourceOrNull();
    if (!source)
      throw new InputError('store.none', 'No data source is active; download the SEG instead.');
    const seg = buildSeg(ctx, session, result);
    await storeInstance(source, seg.bytes);
    const label = await showStored(ctx, session, seg.seriesInstanceUID);
    ctx.store.setState({ saved: { result, label } });
  });
}

/** Hand the vessels of the series to the browser's download, as a DICOM SEG. */
export async function downloadSeg(ctx: VesselsContext): Promise<void> {
  await saving(ctx, async (session, result) => {
    download(buildSeg(ctx, session, result).bytes, 'application/dicom', 'vessels-seg.dcm');
  });
}

async function saving(
  ctx: VesselsContext,
  work: (session: Session, result: VesselResult) => Promise<void>,
): Promise<void> {
  const { store } = ctx;
  if (store.getState().activity.kind !== 'idle') return;
  try {
    const session = currentSession(ctx);
    if (store.getState().stale === session.uid) await refresh(ctx, session);
    const result = store.getState().results[session.uid];
    if (!result) return;
    store.setState({ activity: { kind: 'saving' }, error: undefined });
    await work(session, result);
  } catch (error) {
    store.setState({ error: sentence(error) });
  } finally {
    store.setState({ activity: { kind: 'idle' } });
  }
}

function buildSeg(ctx: VesselsContext, session: Session, result: VesselResult): SegObject {
  const { geometry, instances } = session.series;
  return writeSeg({
    kind: ctx.configuration.segmentation,
    geometry,
    sources: instances,
    labelmap: readMask(ctx, session),
    segments: [vesselSegment(result)],
    software: SOFTWARE,
  });
}

/**
 * Ask the server for the new series, as OHIF does when a study is opened: it then stands in the study browser.
 *
 * @throws InputError when the server took the SEG but does not list it
 */
async function showStored(
  { services, extensionManager }: VesselsContext,
  { series }: Session,
  seriesInstanceUID: string,
): Promise<string> {
  const source = extensionManager.getActiveDataSourceOrNull();
  if (source) await loadSeries(source, series.displaySet.StudyInstanceUID, seriesInstanceUID);
  const found = services.displaySetService.activeDisplaySets.find(
    ({ SeriesInstanceUID }) => SeriesInstanceUID === seriesInstanceUID,
  );
  if (!found)
    throw new InputError(
      'store.not-listed',
      'The server took the SEG but does not list it yet; reload the study to look for it.',
    );
  return seriesLabel(found);
}
