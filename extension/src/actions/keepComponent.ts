import type { ComponentPick } from '@vessels/tools';
import type { VesselsContext } from '../context';
import { readMask } from './commit';
import { commitChange, updating } from './update';

/** Keep only the connected part of the vessels that was clicked, as one undo step. */
export async function keepComponent(
  ctx: VesselsContext,
  { segmentationId, voxel }: Pick<ComponentPick, 'segmentationId' | 'voxel'>,
): Promise<void> {
  const session = [...ctx.sessions.values()].find(
    ({ target }) => target.segmentationId === segmentationId,
  );
  const result = session && ctx.store.getState().results[session.uid];
  if (!session || !result) return;
  await updating(ctx, async (report) => {
    const { dims } = session.series.geometry;
    const kept = await ctx.client.keepComponent(readMask(ctx, session), dims, voxel);
    await commitChange(ctx, session, kept, { threshold: result.threshold, byModel: false }, report);
  });
}
