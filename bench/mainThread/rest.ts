import type { Page } from 'playwright-core';

/** So long no task of more than 50 ms: the viewer has loaded and drawn what it had to; ms. */
const REST = 3000;

/** Wait until the page's own thread is at rest. */
export function untilAtRest(page: Page): Promise<void> {
  return page.evaluate(async (rest) => {
    let timer: ReturnType<typeof setTimeout>;
    let observer: PerformanceObserver | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, rest);
      observer = new PerformanceObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(resolve, rest);
      });
      observer.observe({ type: 'longtask' });
    });
    observer?.disconnect();
  }, REST);
}
