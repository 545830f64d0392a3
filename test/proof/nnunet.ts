/**
 * `npm run proof:nnunet`: trains real nnU-Nets of several kinds for a few steps, imports them as a user does, runs them
 * here and compares with nnU-Net's own prediction, voxel by voxel. Sets up its own Python; takes some ten minutes on
 * two cores. `-- --python PATH` uses an existing environment, `-- --out FOLDER` keeps the nets, and nets that are in it
 * already are not trained again.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main } from '../../src/cli/vesselsModel';
import { agreementOf, probabilityOf, readImported, readPredicted } from './agreement';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TRAINING = path.join(ROOT, 'models/training/nnunet');

/** The share of voxels that must be the same. */
const LEAST = 0.999;

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    out: { type: 'string', default: path.join(ROOT, '.cache/nnunet/nets') },
  },
});

const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

/** An environment with nnU-Net; made once. */
function python(): string {
  if (values.python) return values.python;
  const environment = path.join(ROOT, '.cache/nnunet/venv');
  const installed = path.join(environment, 'installed');
  const requirements = path.join(TRAINING, 'requirements.txt');
  const wanted = fs.readFileSync(requirements, 'utf8');
  const own = path.join(environment, 'bin/python');
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === wanted) return own;
  run('python3', ['-m', 'venv', environment]);
  run(own, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  fs.writeFileSync(installed, wanted);
  return own;
}

const CASES = ['mra', 'cta-regions', 'thick-slices', 'tiny'] as const;

const missing = CASES.filter((name) => !fs.existsSync(path.join(values.out, name, 'image.json')));
if (missing.length > 0)
  run(python(), [path.join(TRAINING, 'prove.py'), values.out, '--cases', ...missing]);

const rows: string[][] = [['net', 'normalisation', 'answer', 'voxels', 'vessel', 'same', 'Dice']];
let isWorse = false;
for (const name of CASES) {
  const folder = path.join(values.out, name);
  const predicted = readPredicted(folder);
  const out = path.join(folder, 'imported');
  const mirror = predicted.mirror ? ['--mirror', 'xyz'] : [];
  if ((await main(['import-nnunet', path.join(folder, 'net.onnx'), '--out', out, ...mirror])) !== 0)
    process.exit(1);
  const model = readImported(out);
  const probability = await probabilityOf(model, predicted.volume);
  const { voxels, vessels, agreement, dice } = agreementOf(
    probability,
    (i) => predicted.labels[i] > 0,
    model.manifest,
  );
  isWorse ||= agreement < LEAST || vessels === 0;
  rows.push([
    name,
    model.manifest.normalisation.kind,
    `${model.manifest.prediction?.channels.length} ${model.manifest.prediction?.kind}`,
    String(voxels),
    String(vessels),
    `${(100 * agreement).toFixed(3)} %`,
    dice.toFixed(4),
  ]);
}
process.stdout.write(`\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
if (isWorse) {
  process.stderr.write(
    `proof:nnunet: less than ${100 * LEAST} % of the voxels are the same, or nothing is vessel.\n`,
  );
  process.exitCode = 1;
}
