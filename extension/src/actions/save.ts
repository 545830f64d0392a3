import { readSeg } from '@vessels/dicom/seg';
import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import { download } from '../host/download';
import { sentence } from '../state/sentence';
import { savedAs } from '../state/store';
import type { NotStored, VesselResult } from '../state/types';
import { readMask } from './mask';
import { FILES, type FileKind } from './files';
import { reportOf, segOf } from './objects';
import { currentSession } from './session';
import { send } from './send';
import { refresh } from './update';

/** Store the vessels of the series as a DICOM SEG in the study, and let OHIF find it there. */
export async function save(ctx: VesselsContext): Promise<void> {
  await saving(ctx, async (session, result) => {
    await saveSeg(ctx, session, result);
  });
}

/** Store the measurements as a DICOM SR that refers to the stored SEG; a SEG that is not stored yet goes first. */
export async function saveReport(ctx: VesselsContext): Promise<void> {
  await saving(ctx, async (session, result) => {
    const segOfResult = () => savedAs(ctx.store.getState(), result)?.seg;
    const seg = segOfResult() ?? ((await saveSeg(ctx, session, result)) && segOfResult());
    if (seg) await send(ctx, session, reportOf(ctx, session, result, seg));
  });
}

/** Hand the vessels of the series to the browser's download, as a file of some kind. */
export async function downloadAs(ctx: VesselsContext, kind: FileKind): Promise<void> {
  await saving(ctx, async (session, result) => {
    const { name, type, make } = FILES[kind];
    download(await make(ctx, session, result), type, name);
  });
}

/** Send an object again that the server did not take: the very same bytes, so that it can't come to be there twice. */
export async function retry(ctx: VesselsContext, item: NotStored): Promise<void> {
  await storing(ctx, async () => {
    begin(ctx);
    await send(ctx, sessionOf(ctx, item), item);
  });
}

/** Store a SEG that the server did not take as BINARY, which older servers know, in its place. */
export async function storeAsBinary(ctx: VesselsContext, item: NotStored): Promise<void> {
  await storing(ctx, async () => {
    begin(ctx);
    const session = sessionOf(ctx, item);
    const { slices, instances } = session.series;
    const { labelmap } = readSeg(item.bytes, slices, instances);
    const { id } = item;
    await send(ctx, session, { ...segOf(ctx, session, item.result, labelmap, 'BINARY'), id });
  });
}

/** Hand an object that the server did not take to the browser's download. */
export const downloadNotStored = ({ bytes, what }: NotStored): void =>
  download(bytes, 'application/dicom', `vessels-${what.toLowerCase()}.dcm`);

const saveSeg = (ctx: VesselsContext, session: Session, result: VesselResult): Promise<boolean> =>
  send(ctx, session, segOf(ctx, session, result, readMask(ctx, session)));

function sessionOf({ sessions }: VesselsContext, { result }: NotStored): Session {
  const session = sessions.get(result.seriesUID);
  if (session) return session;
  throw new InputError('store.series', 'The series is not open any more; download the object.');
}

/** Work on the result of the series, its numbers brought up to date first. */
async function saving(
  ctx: VesselsContext,
  work: (session: Session, result: VesselResult) => Promise<void>,
): Promise<void> {
  await storing(ctx, async () => {
    const session = currentSession(ctx);
    if (ctx.store.getState().stale === session.uid) await refresh(ctx, session);
    const result = ctx.store.getState().results[session.uid];
    if (!result) return;
    begin(ctx);
    await work(session, result);
  });
}

const begin = ({ store }: VesselsContext): void => store.setState({ activity: { kind: 'saving' } });

/** One object at a time; what goes wrong stands in the panel. */
async function storing({ store }: VesselsContext, work: () => Promise<void>): Promise<void> {
  if (store.getState().activity.kind !== 'idle') return;
  store.setState({ error: undefined });
  try {
    await work();
  } catch (error) {
    store.setState({ error: sentence(error) });
  } finally {
    store.setState({ activity: { kind: 'idle' } });
  }
}
