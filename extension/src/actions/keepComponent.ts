import type { ComponentPick } from '@vessels/tools';
import type { VesselsContext } from '../context';
import { voxelOnGrid } from '@vessels/volume/resampling';
import { readMask } from './mask';
import { toGrid, toSlices } from './grid';
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
    const { series } = session;
    const { geometry, resampling } = series;
    const mask = readMask(ctx, session);
    const at = resampling ? voxelOnGrid(resampling, voxel) : voxel;
    const part = await ctx.client.keepComponent(toGrid(series, mask.slice()), geometry.dims, at);
    const kept = toSlices(series, part).map((value, v) => value & mask[v]!);
    await commitChange(ctx, session, kept, { threshold: result.threshold, byModel: false }, report);
  });
}
