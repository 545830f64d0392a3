import { CancelledError } from '@vessels/volume/errors';
import type { Progress } from '@vessels/workers/protocol';
import type { Session, VesselsContext } from '../context';
import { fingerprintInTurns } from '../state/fingerprint';
import { sentence } from '../state/sentence';
import { analyse } from './analyse';
import { commit, setResult } from './commit';
import { drawResult } from './draw';
import { readMaskInTurns } from './mask';

/**
 * Do something that changes the vessels, with progress in the panel and one sentence when it fails. Changes wait for
 * each other; while a model runs or a SEG is stored, there are none.
 */
export function updating(ctx: VesselsContext, work: Work): Promise<void> {
  const turn = ctx.queue.then(() => perform(ctx, work));
  ctx.queue = turn;
  return turn;
}

/** A change of the vessels. */
type Work = (report: (progress: Progress) => void) => Promise<void>;

async function perform({ store, alive }: VesselsContext, work: Work): Promise<void> {
  if (alive.aborted || store.getState().activity.kind !== 'idle') return;
  store.setState({ activity: { kind: 'updating' }, error: undefined });
  try {
    await work((progress) => store.setState({ activity: { kind: 'updating', progress } }));
  } catch (error) {
    if (!(error instanceof CancelledError)) store.setState({ error: sentence(error) });
  } finally {
    store.setState({ activity: { kind: 'idle' } });
  }
}

/** What a change tells beside the new mask. */
export interface Change {
  readonly threshold: number;
  /** Whether the mask is as the model leaves it at this threshold. */
  readonly byModel: boolean;
}

/** Show a changed mask with its new analysis as one undo step. */
export async function commitChange(
  ctx: VesselsContext,
  session: Session,
  mask: Uint8Array,
  { threshold, byModel }: Change,
  report: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const was = ctx.store.getState().results[session.uid];
  if (!was) return;
  const { revision } = ctx;
  const analysis = await analyse(ctx, session, mask.slice(), report, signal);
  const print = await fingerprintInTurns(mask);
  if (signal?.aborted || revision !== ctx.revision) return;
  const modelMask = byModel ? print : was.modelMask;
  await commit(ctx, session, mask, { ...was, threshold, analysis, mask: print, modelMask });
}

/**
 * Bring the numbers up to date with a mask that may have been changed in the viewer (brush, undo of a brush). The
 * change has its own undo step already.
 */
export async function refresh(ctx: VesselsContext, session: Session): Promise<void> {
  const { uid } = session;
  const { revision } = ctx;
  const mask = await readMaskInTurns(ctx, session);
  const print = await fingerprintInTurns(mask);
  const result = ctx.store.getState().results[uid];
  // What changed it meanwhile looks at the mask itself.
  if (!result || revision !== ctx.revision) return;
  if (print === result.mask) return setResult(ctx, uid, result);
  ctx.store.setState({ stale: uid });
  await updating(ctx, async (report) => {
    const { revision } = ctx;
    const analysis = await analyse(ctx, session, mask, report);
    const was = ctx.store.getState().results[uid];
    if (!was || revision !== ctx.revision) return;
    const result = { ...was, mask: print, analysis };
    setResult(ctx, uid, result);
    await drawResult(ctx, session, result);
  });
}
