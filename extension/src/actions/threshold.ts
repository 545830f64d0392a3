import type { Session, VesselsContext } from '../context';
import { latest } from '../state/latest';
import { sentence } from '../state/sentence';
import { thresholdOf } from '../state/store';
import { readMask, writeMask } from './mask';
import { toSlices } from './grid';
import { currentSession } from './session';
import { commitChange, updating } from './update';

/** The slider of the threshold: live while it moves, analysed when it rests. */
export interface ThresholdControl {
  /** Show the mask at another threshold now; the numbers stay those of the last analysis. */
  preview(threshold: number): Promise<void>;
  /** Make the threshold's mask the vessels of the series, as one undo step. */
  settle(): Promise<void>;
}

/**
 * Thresholds apply to the probability map that the worker keeps from the last run. Without one for the series
 * shown, the slider only sets the threshold of the next run.
 */
export function createThresholdControl(ctx: VesselsContext): ThresholdControl {
  const { store, client, configuration } = ctx;
  const isLive = () => {
    const { series, probabilityOf, results } = store.getState();
    return (
      series !== undefined && probabilityOf === series.uid && results[series.uid] !== undefined
    );
  };

  const maskAt = async (threshold: number, { series }: Session) => {
    const { minComponent } = configuration;
    return toSlices(series, await client.preview({ threshold, minComponent }));
  };

  let settling: AbortController | undefined;

  const show = latest(async (threshold: number) => {
    const session = currentSession(ctx);
    const seriesUID = session.uid;
    ctx.preview ??= { seriesUID, mask: readMask(ctx, session) };
    const mask = await maskAt(threshold, session);
    if (ctx.preview?.seriesUID === seriesUID) writeMask(ctx, session, mask);
  });

  return {
    async preview(threshold) {
      const { activity, series } = store.getState();
      if (activity.kind !== 'idle' && activity.kind !== 'updating') return;
      store.setState({ threshold });
      if (!isLive()) return;
      store.setState({ stale: series?.uid });
      // the analysis of the threshold before is in the way, and would move the slider back
      settling?.abort();
      await show(threshold).catch((error: unknown) => store.setState({ error: sentence(error) }));
    },
    async settle() {
      const { signal } = (settling = new AbortController());
      await updating(ctx, async (report) => {
        if (!ctx.preview || !isLive()) return;
        const threshold = thresholdOf(store.getState());
        const session = currentSession(ctx);
        const mask = await maskAt(threshold, session);
        await commitChange(ctx, session, mask, { threshold, byModel: true }, report, signal);
      });
    },
  };
}
