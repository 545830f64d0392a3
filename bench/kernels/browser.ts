import path from 'node:path';
import { launch } from '../../test/e2e/helpers/browser';
import { findBrowser } from '../../viewer/setup/browser.mjs';
import { startServer } from '../server';
import type { KernelCase } from './cases/files';
import type { Measured } from './measure';
import type { OperationName } from './operations';
import type { BenchPage, ColdAndWarm, PairRun } from './page';
import type { InputAt } from './worker';

const WEB = path.resolve(import.meta.dirname, '../dist/kernels-web');

/** Chromium for one case; each call starts it anew, so that the first run of a kernel is cold. */
export interface KernelBrowser {
  readonly version: string;
  measure(operation: OperationName, repeats: number): Promise<Measured>;
  /** Scores of the pair (safe), in one worker or two. */
  pair(workers: 1 | 2, repeats: number): Promise<PairRun>;
  /** Unzips the case's two files. */
  gunzip(repeats: number): Promise<ColdAndWarm>;
  close(): void;
}

/** Nothing where there is no browser; a line says so. */
export async function openKernelBrowser(on: KernelCase): Promise<KernelBrowser | undefined> {
  if (!findBrowser()) {
    console.log('Chromium is left out: run `node viewer/setup.mjs --browser` first.');
    return undefined;
  }
  const server = await startServer('/bench/page.mjs', { '/bench/': WEB });
  const offer = (name: string, file: string | null) => {
    if (!file) return '';
    server.offered.set(`/case/${name}`, file);
    return `${server.url}/case/${name}`;
  };
  const input: InputAt = {
    dims: on.dims,
    spacing: on.spacing,
    mask: offer('mask', on.mask),
    prediction: offer('prediction', on.prediction),
  };
  const zipped = on.gzipped.map((file, i) => offer(`zipped${i}`, file));

  /** Calls a function of the page in a new browser. */
  async function call<T>(name: keyof BenchPage, ...args: unknown[]): Promise<T> {
    const session = await launch();
    try {
      await session.page.goto(server.url);
      await session.page.waitForFunction(() => 'kernelBench' in globalThis);
      return await session.page.evaluate(
        ([method, given]) =>
          (
            globalThis as unknown as {
              kernelBench: Record<string, (...a: unknown[]) => Promise<T>>;
            }
          ).kernelBench[method](...given),
        [name, args] as const,
      );
    } finally {
      await session.close();
    }
  }

  const session = await launch();
  const version = session.browser.version();
  await session.close();
  return {
    version,
    measure: (operation, repeats) => call('measure', input, operation, repeats),
    pair: (workers, repeats) => call('pair', input, workers, repeats),
    gunzip: (repeats) => call('gunzip', zipped, repeats),
    close: () => server.close(),
  };
}
