import type { VesselsContext } from '../context';
import { hangSlices } from '../viewer/hangSlices';
import { describeSeries } from '../viewer/series';
import { run } from './run';

/** The user agrees that a tilted or unequally spaced series is put onto a regular grid: find its vessels. */
export async function resampleAndRun(ctx: VesselsContext): Promise<void> {
  const { series, activity } = ctx.store.getState();
  const displaySet = series && ctx.services.displaySetService.getDisplaySetByUID(series.uid);
  if (!displaySet || !series.canResample || activity.kind !== 'idle') return;
  ctx.mayResample.add(series.uid);
  hangSlices(ctx.services, displaySet);
  ctx.store.setState({ series: describeSeries(displaySet, true), error: undefined });
  await run(ctx);
}
