import { wrap, type Remote } from 'comlink';
import { comparePair, type PairScores } from '@vessels/metrics/pair';
import { median } from './measure';
import type { OperationName } from './operations';
import type { BenchWorker, InputAt } from './worker';

const startWorker = (): Remote<BenchWorker> =>
  wrap<BenchWorker>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));

/** Seconds of the first call, and the median of the calls after it. */
export interface ColdAndWarm {
  readonly cold: number;
  readonly warm: number;
}

/** A timed comparison with its result. */
export interface PairRun extends ColdAndWarm {
  readonly scores: PairScores;
}

/** Times an asynchronous work on the page's clock, messages to workers included. */
async function coldAndWarm(work: () => Promise<unknown>, repeats: number): Promise<ColdAndWarm> {
  const seconds: number[] = [];
  for (let i = 0; i <= repeats; i++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return { cold: seconds[0], warm: median(seconds.slice(1)) };
}

async function gunzip(file: Blob): Promise<number> {
  const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** What the bench asks of the page. */
const page = {
  /** An operation in a new worker. */
  async measure(input: InputAt, operation: OperationName, repeats: number) {
    const worker = startWorker();
    await worker.load(input);
    return worker.measure(operation, repeats);
  },
  /** The pair in one worker, or one mask in each of two and the comparison here. */
  async pair(input: InputAt, workers: 1 | 2, repeats: number): Promise<PairRun> {
    const [first, second] = [startWorker(), startWorker()];
    await first.load(workers === 1 ? input : { ...input, mask: '' });
    if (workers === 2) await second.load({ ...input, prediction: '' });
    let scores: PairScores;
    const times = await coldAndWarm(async () => {
      if (workers === 1) scores = await first.whole();
      else {
        const halves = await Promise.all([first.half('prediction'), second.half('mask')]);
        scores = comparePair(...halves);
      }
    }, repeats);
    return { ...times, scores: scores! };
  },
  /** Unzipping files one after the other with the browser's own code. */
  async gunzip(urls: readonly string[], repeats: number): Promise<ColdAndWarm> {
    const files = await Promise.all(urls.map(async (url) => (await fetch(url)).blob()));
    return coldAndWarm(async () => {
      for (const file of files) await gunzip(file);
    }, repeats);
  },
};

export type BenchPage = typeof page;

Object.assign(globalThis, { kernelBench: page });
