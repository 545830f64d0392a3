import path from 'node:path';
import { launch } from '../../test/e2e/helpers/browser';
import { bundle } from '../build';
import { startServer } from '../server';
import type { Column } from '../table';
import type { SkeletonCase } from './cases';
import type { Skeletonizer } from './network';
import type { LikenessRequest, LikenessTime } from './page';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The net on each of some masks; times of its part alone, without the exact thinning. */
export interface BrowserRow {
  /** What ran it. */
  readonly device: string;
  readonly cases: readonly string[];
  /** Elapsed, of a run after the first. */
  readonly seconds: readonly number[];
  /** Greatest difference from what Node says, of 255. */
  readonly difference: number;
}

/** The net in headless Chromium, on WebAssembly and on WebGPU without a graphics processor. */
export async function browserRows(
  cases: readonly SkeletonCase[],
  node: Skeletonizer,
): Promise<BrowserRow[]> {
  bundle('bench/skeletons/webpack.config.mjs');
  const server = await startServer('/bench/page.mjs', {
    '/bench/': path.join(ROOT, 'bench/skeletons/dist'),
    '/ort/': path.join(ROOT, 'node_modules/onnxruntime-web/dist'),
    '/skeletons/': path.join(ROOT, 'models/skeletons'),
  });
  const { page, close } = await launch({ webgpu: true });

  const timed = (request: LikenessRequest): Promise<LikenessTime> =>
    page.evaluate(
      (r) =>
        (
          globalThis as unknown as { timeLikeness(r: LikenessRequest): Promise<LikenessTime> }
        ).timeLikeness(r),
      request,
    );

  async function rowOf(backend: LikenessRequest['backend']): Promise<BrowserRow> {
    const times: LikenessTime[] = [];
    let difference = 0;
    for (const [i, { mask, dims }] of cases.entries()) {
      const place = `/mask${i}`;
      server.offered.set(place, mask);
      const request = {
        mask: server.url + place,
        dims,
        manifest: `${server.url}/skeletons/skelite-${dims[2] === 1 ? 2 : 3}d.json`,
        runtimeBase: `${server.url}/ort/`,
        backend,
      };
      times.push(await timed(request));
      const expected = await node.likeness(mask, dims);
      const answer = server.received.get(place)!;
      expected.forEach((v, i) => (difference = Math.max(difference, Math.abs(v - answer[i]))));
    }
    return {
      device: times[0].device,
      cases: cases.map(({ name }) => name),
      seconds: times.map(({ seconds }) => seconds),
      difference,
    };
  }

  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'timeLikeness' in globalThis);
    return [await rowOf('wasm'), await rowOf('webgpu')];
  } finally {
    await close();
    server.close();
  }
}

export const browserColumns = (cases: readonly SkeletonCase[]): Column<BrowserRow>[] => [
  { title: 'runs on', cell: (row) => row.device },
  ...cases.map(({ name, dims }, i) => ({
    title: `${name} (${dims.join('×')}), s`,
    cell: (row: BrowserRow) => String(Number(row.seconds[i].toPrecision(3))),
    numbers: true,
  })),
  { title: 'greatest difference of 255', cell: (row) => String(row.difference), numbers: true },
];
