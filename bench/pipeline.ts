import { parseArgs } from 'node:util';
import { STAGES } from '@vessels/workers/pipeline';
import type { Stage } from '@vessels/workers/protocol';
import { bundle } from './build';
import { readManifest } from './nodeModel';
import { openBenchPage, type BrowserRun } from './pipeline/browser';
import { benchCases, type BenchCase } from './pipeline/cases';
import { nativeInference, pythonTimes, type PythonTimes } from './pipeline/peers';
import { scoresOf, type Scores } from './pipeline/scores';
import { machine, rowOf, writeJson, type Cost, type Row } from './rows';

function rowsOf(
  { name }: BenchCase,
  run: BrowserRun,
  native: number,
  python: PythonTimes | undefined,
): Row[] {
  const peers: Partial<Record<Stage, Cost & { peer: string }>> = {
    infer: {
      peer: `onnxruntime-node, ${run.backend.threads} threads`,
      seconds: native,
      peakMb: null,
    },
    ...(python && {
      skeleton: {
        peer: 'scikit-image Lee',
        seconds: python.seconds.skeleton,
        peakMb: python.peak_mb,
      },
      centerline: {
        peer: 'scipy distance alone',
        seconds: python.seconds.distance,
        peakMb: python.peak_mb,
      },
      qc: {
        peer: 'scipy label + skimage Euler alone',
        seconds: python.seconds.betti,
        peakMb: python.peak_mb,
      },
    }),
  };
  const stage = (of: Stage) => run.timings[of] ?? 0;
  const total = STAGES.reduce((sum, of) => sum + stage(of), 0);
  return [
    ...STAGES.map((of) => rowOf(of, name, { seconds: stage(of), peakMb: null }, peers[of])),
    rowOf('total', name, { seconds: total, peakMb: run.peakBytes / 2 ** 20 }),
  ];
}

const seconds = (value: number | null) => value?.toFixed(3) ?? '';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  bundle('bench/webpack.config.mjs');

  const rows: Row[] = [];
  const scores: ({
    case: string;
    model: string;
    about: string;
    tiles: number;
    voxels: number;
  } & Scores)[] = [];
  const page = await openBenchPage(false);
  let backend = '';
  for (const one of benchCases()) {
    const manifest = readManifest(one.model);
    const run = await page.run(one, manifest, 'auto');
    backend = `${run.backend.name}, ${run.backend.device}${run.backend.reason ? ` (${run.backend.reason})` : ''}`;
    const native = await nativeInference(one, manifest, run.backend.threads);
    rows.push(...rowsOf(one, run, native, pythonTimes(run.mask, one)));
    scores.push({
      case: one.name,
      model: `${manifest.id} ${manifest.version}`,
      about: one.about,
      tiles: run.tiles,
      voxels: one.image.data.length,
      ...scoresOf(run.mask, one),
    });
  }
  await page.close();

  console.log(`\n${machine()}; headless Chromium, ${backend}\n`);
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
  if (values.json) writeJson(values.json, { rows, scores });
}

await main();
