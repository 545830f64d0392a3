import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build';
import { INFERENCE_CASES, type InferenceCase } from './inference/cases';
import type { ChildResult } from './inference/child';
import type { StreamingResult } from './inference/streaming';
import { readManifest } from './nodeModel';
import { openBenchPage } from './pipeline/browser';
import type { PageResult } from './pipeline/page';
import { machine, rowOf, today, writeJson, type Row } from './rows';
import { writeSection } from './section';
import { markdownTable, type Column } from './table';

const USAGE = `bench:inference [--json FILE] [--model ID] [--webgpu] [--docs]
  Tiles that overlap by half, all of them run, beside the engine: in onnxruntime-node and in Chromium (WASM; WebGPU with
  --webgpu where there is an adapter), and the engine on a file of 1024×1024×1000 voxels. --docs writes the table into
  docs/inference.md.`;

const FOLDER = path.resolve(import.meta.dirname, 'inference');
const STREAMED = [1024, 1024, 1000] as const;
const NAIVE = 'half overlap, float32, onnxruntime-node';

/** One way of running the net over an image. */
interface Run {
  readonly case: string;
  readonly how: string;
  readonly voxels: number;
  readonly seconds: number;
  readonly tiles: number;
  readonly skipped: number | null;
  /** Voxels of the mask that passing over changed. */
  readonly changed?: number;
  readonly peakMb: number | null;
  /** Share of the time outside the network; null where it cannot be told. */
  readonly outside: number | null;
}

function child<T>(script: string, ...args: (string | number)[]): T {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(FOLDER, script), ...args.map(String)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} failed: ${stderr.trim()}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

function inNode(model: string, one: InferenceCase, method: 'naive' | 'ours'): Run {
  const result = child<ChildResult>('child.ts', model, one.name, method, os.cpus().length);
  return {
    case: one.name,
    how: method === 'naive' ? NAIVE : 'engine, onnxruntime-node',
    voxels: one.image().data.length,
    ...result,
    outside: result.outside / result.seconds,
  };
}

/** Where the GPU tells what the network took of it; a browser tells nothing else. */
const outsideOf = ({ gpuSeconds, timings: { infer } }: PageResult): number | null =>
  gpuSeconds && infer ? Math.max(0, 1 - gpuSeconds.network / infer) : null;

const COLUMNS: readonly Column<Run>[] = [
  { title: 'image', cell: (run) => run.case },
  { title: 'how', cell: (run) => run.how },
  { title: 's', cell: (run) => run.seconds.toFixed(2), numbers: true },
  {
    title: 'Mvoxel/s',
    cell: (run) => (run.voxels / run.seconds / 1e6).toFixed(2),
    numbers: true,
  },
  { title: 'tiles run', cell: (run) => String(run.tiles), numbers: true },
  { title: 'passed over', cell: (run) => run.skipped?.toString() ?? '', numbers: true },
  { title: 'voxels changed', cell: (run) => run.changed?.toString() ?? '', numbers: true },
  { title: 'peak MB', cell: (run) => run.peakMb?.toFixed(0) ?? '', numbers: true },
  {
    title: 'outside the net',
    cell: (run) => (run.outside === null ? '' : `${(100 * run.outside).toFixed(1)} %`),
    numbers: true,
  },
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      model: { type: 'string', default: 'vessels-mra' },
      webgpu: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  bundle('bench/webpack.config.mjs');
  const manifest = readManifest(values.model);
  const runs: Run[] = [];
  const page = await openBenchPage(values.webgpu);
  for (const one of INFERENCE_CASES) {
    runs.push(inNode(values.model, one, 'naive'), inNode(values.model, one, 'ours'));
    const image = one.image();
    const browser = await page.run(
      { name: one.name.replaceAll(' ', '-'), image },
      manifest,
      values.webgpu ? 'auto' : 'wasm',
    );
    runs.push({
      case: one.name,
      how: `engine, Chromium, ${browser.backend.name}, ${browser.backend.device}`,
      voxels: image.data.length,
      seconds: browser.timings.infer ?? 0,
      tiles: browser.tiles,
      skipped: null,
      peakMb: browser.peakBytes / 2 ** 20,
      outside: outsideOf(browser),
    });
  }
  await page.close();
  const streamed = child<StreamingResult>(
    'streaming.ts',
    values.model,
    os.cpus().length,
    ...STREAMED,
  );
  runs.push({
    case: `${STREAMED.join('×')} file`,
    how: 'engine in slabs, onnxruntime-node; memory of the whole process',
    voxels: STREAMED[0] * STREAMED[1] * STREAMED[2],
    ...streamed,
    outside: streamed.outside / streamed.seconds,
  });

  const text = `Made on ${today()}: ${machine()}; ${manifest.id} ${manifest.version}.\n\n${markdownTable(COLUMNS, runs)}`;
  console.log(text);
  if (values.docs) await writeSection('inference.md', 'bench:inference', text);
  if (!values.json) return;
  const rows: Row[] = runs
    .filter(({ how }) => how !== NAIVE)
    .map(({ case: name, how, seconds, peakMb }) => {
      const naive = runs.find((run) => run.case === name && run.how === NAIVE);
      const peer = naive && { peer: NAIVE, seconds: naive.seconds, peakMb: naive.peakMb };
      return rowOf(how, name, { seconds, peakMb }, peer);
    });
  writeJson(values.json, rows);
}

await main();
