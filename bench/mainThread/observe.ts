import type { Page } from 'playwright-core';

/** What the page's own thread did meanwhile. */
export interface Observed {
  readonly seconds: number;
  /** Tasks of more than 50 ms, ms. */
  readonly long: readonly number[];
  /** Scripts of the extension in long animation frames, ms each; what remains is the viewer's, or rendering. */
  readonly ours: readonly number[];
  /** How often the panel showed another progress, and the longest time that it did not, ms. */
  readonly progress: { readonly perSecond: number; readonly longestPause: number };
}

interface Log {
  readonly start: number;
  readonly long: number[];
  readonly ours: number[];
  readonly shown: number[];
  readonly observers: { disconnect(): void }[];
}

interface Script extends PerformanceEntry {
  readonly sourceURL: string;
}

const EXTENSION = 'ohif-extension-vessels';

/** Run something in the viewer and watch the thread of the page. */
export async function observe(page: Page, work: () => Promise<void>): Promise<Observed> {
  await page.evaluate((extension) => {
    const start = performance.now();
    const observers: { disconnect(): void }[] = [];
    const log: Log = { start, long: [], ours: [], shown: [], observers };
    const tasks = new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => log.long.push(duration)),
    );
    tasks.observe({ type: 'longtask' });
    const frames = new PerformanceObserver((list) => {
      for (const frame of list.getEntries())
        for (const script of (frame as unknown as { scripts: Script[] }).scripts)
          if (script.sourceURL.includes(extension)) log.ours.push(script.duration);
    });
    frames.observe({ type: 'long-animation-frame' });
    const panel = document.querySelector('[data-cy="vessels-panel"]')!;
    let before = '';
    const progress = new MutationObserver(() => {
      const bar = panel.querySelector('[data-cy="vessels-progress"]')?.parentElement;
      const text = bar?.innerHTML ?? '';
      if (text !== before) log.shown.push(performance.now());
      before = text;
    });
    progress.observe(panel, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    observers.push(tasks, frames, progress);
    (globalThis as { watched?: Log }).watched = log;
  }, EXTENSION);
  await work();
  return page.evaluate(() => {
    const { start, long, ours, shown, observers } = (globalThis as { watched?: Log }).watched!;
    const end = performance.now();
    observers.forEach((observer) => observer.disconnect());
    const times = [start, ...shown, end];
    const pauses = times.slice(1).map((time, i) => time - times[i]!);
    const seconds = (end - start) / 1000;
    return {
      seconds,
      long,
      ours,
      progress: { perSecond: shown.length / seconds, longestPause: Math.max(...pauses) },
    };
  });
}
