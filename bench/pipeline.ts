import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseManifest } from '@vessels/inference/parseManifest';
import { STAGES } from '@vessels/workers/pipeline';
import type { Stage } from '@vessels/workers/protocol';
import { openBenchPage, type BrowserRun } from './pipeline/browser';
import { benchCases, type BenchCase } from './pipeline/cases';
import { nativeInference, pythonTimes, type PythonTimes } from './pipeline/peers';
import { scoresOf, type Scores } from './pipeline/scores';

const ROOT = path.resolve(import.meta.dirname, '..');
const MODEL = 'vessels-mra';

/** One measured station. */
interface Row {
  readonly operation: string;
  readonly case: string;
  readonly ours_s: number;
  readonly peer: string | null;
  readonly peer_s: number | null;
  readonly ratio: number | null;
  readonly ours_peak_mb: number | null;
  readonly peer_peak_mb: number | null;
}

function rowsOf(
  { name }: BenchCase,
  run: BrowserRun,
  native: number,
  python: PythonTimes | undefined,
): Row[] {
  const peers: Partial<Record<Stage, { peer: string; seconds: number; peak: number | null }>> = {
    infer: {
      peer: `onnxruntime-node, ${run.backend.threads} threads`,
      seconds: native,
      peak: null,
    },
    ...(python && {
      skeleton: {
        peer: 'scikit-image Lee',
        seconds: python.seconds.skeleton,
        peak: python.peak_mb,
      },
      centerline: {
        peer: 'scipy distance alone',
        seconds: python.seconds.distance,
        peak: python.peak_mb,
      },
      qc: {
        peer: 'scipy label + skimage Euler alone',
        seconds: python.seconds.betti,
        peak: python.peak_mb,
      },
    }),
  };
  const total = STAGES.reduce((sum, stage) => sum + (run.timings[stage] ?? 0), 0);
  const row = (
    operation: string,
    ours_s: number,
    peak: number | null,
    peer?: { peer: string; seconds: number; peak: number | null },
  ): Row => ({
    operation,
    case: name,
    ours_s,
    peer: peer?.peer ?? null,
    peer_s: peer?.seconds ?? null,
    ratio: peer ? peer.seconds / ours_s : null,
    ours_peak_mb: peak,
    peer_peak_mb: peer?.peak ?? null,
  });
  return [
    ...STAGES.map((stage) => row(stage, run.timings[stage] ?? 0, null, peers[stage])),
    row('total', total, run.peakBytes / 2 ** 20),
  ];
}

const seconds = (value: number | null) => value?.toFixed(3) ?? '';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  const built = spawnSync(
    process.execPath,
    ['node_modules/webpack/bin/webpack.js', '-c', 'bench/webpack.config.mjs'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  const manifest = parseManifest(
    fs.readFileSync(path.join(ROOT, `models/${MODEL}.json`), 'utf8'),
    MODEL,
  );

  const rows: Row[] = [];
  const scores: ({ case: string; about: string; tiles: number; voxels: number } & Scores)[] = [];
  const page = await openBenchPage(false);
  let backend = '';
  for (const one of benchCases()) {
    const run = await page.run(one, manifest, 'auto');
    backend = `${run.backend.name}, ${run.backend.device}${run.backend.reason ? ` (${run.backend.reason})` : ''}`;
    const native = await nativeInference(one, manifest, run.backend.threads);
    rows.push(...rowsOf(one, run, native, pythonTimes(run.mask, one)));
    scores.push({
      case: one.name,
      about: one.about,
      tiles: run.tiles,
      voxels: one.image.data.length,
      ...scoresOf(run.mask, one),
    });
  }
  await page.close();

  console.log(
    `\n${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, Node ${process.versions.node}; headless Chromium, ${backend}; model ${manifest.id} ${manifest.version}\n`,
  );
  console.table(
    rows.map((r) => ({
      case: r.case,
      station: r.operation,
      'ours s': seconds(r.ours_s),
      peer: r.peer ?? '',
      'peer s': seconds(r.peer_s),
      'peer/ours': r.ratio?.toFixed(1) ?? '',
      'peak MB': r.ours_peak_mb?.toFixed(0) ?? '',
    })),
  );
  console.table(
    scores.map(({ about, ...s }) => ({
      ...s,
      dice: s.dice.toFixed(3),
      clDice: s.clDice.toFixed(3),
      tprec: s.tprec.toFixed(3),
      tsens: s.tsens.toFixed(3),
      against: about,
    })),
  );
  if (values.json) fs.writeFileSync(values.json, `${JSON.stringify({ rows, scores }, null, 2)}\n`);
}

await main();
