import type { VesselsContext } from '../context';
import { hangSlices } from '../viewer/hangSlices';
import { describeSeries } from '../viewer/series';
import { run } from './run';

/** The user agrees that a tilted or unequally spaced series is put onto a regular grid: find its vessels. */
export async function resampleAndRun(ctx: VesselsContext): Promise<void> {
  if (ctx.store.getState().activity.kind !== 'idle') return;
  agreeToResample(ctx);
  await run(ctx);
}

/** Use the series shown on a regular grid from now on, where it is none by itself. */
export function agreeToResample({ services, store, mayResample }: VesselsContext): void {
  const { series } = store.getState();
  const displaySet = series && services.displaySetService.getDisplaySetByUID(series.uid);
  if (!displaySet || !series.canResample) return;
  mayResample.add(series.uid);
  hangSlices(services, displaySet);
  store.setState({ series: describeSeries(displaySet, true), error: undefined });
}
