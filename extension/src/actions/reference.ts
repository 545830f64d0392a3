import { readSeg } from '@vessels/dicom/seg';
import { InputError } from '@vessels/volume/errors';
import type { Session, VesselsContext } from '../context';
import { fetchInstance } from '../host/fetchInstance';
import { setResult } from './commit';
import { readMask } from './mask';
import { analyse } from './analyse';
import { currentSession } from './session';
import { updating } from './update';

/** Compare with a SEG of the study from now on; without a uid, with none. */
export async function chooseReference(ctx: VesselsContext, uid: string | undefined): Promise<void> {
  await updating(ctx, async (report) => {
    const session = currentSession(ctx);
    // read before anything changes: a SEG that cannot be used leaves the reference before it
    const mask = uid && (await readReference(ctx, session, uid));
    ctx.reference = uid && mask ? { uid, seriesUID: session.uid, mask } : undefined;
    ctx.store.setState({ referenceUID: uid });
    const was = ctx.store.getState().results[session.uid];
    if (!was) return;
    const { revision } = ctx;
    const analysis = await analyse(ctx, session, readMask(ctx, session), report);
    if (revision === ctx.revision) setResult(ctx, session.uid, { ...was, analysis });
  });
}

/**
 * The mask of a stored SEG on the grid of a series: every segment counts as vessel.
 *
 * @throws InputError when the SEG is gone, has another frame of reference or cannot be read
 */
async function readReference(
  { services, extensionManager }: VesselsContext,
  { series }: Session,
  uid: string,
): Promise<Uint8Array> {
  const displaySet = services.displaySetService.getDisplaySetByUID(uid);
  if (!displaySet)
    throw new InputError(
      'reference.gone',
      'The reference is not in the study any more; choose another SEG.',
    );
  const bytes = await fetchInstance(services, extensionManager, displaySet);
  return readSeg(bytes, series.geometry).labelmap.map((segment) => (segment > 0 ? 1 : 0));
}
