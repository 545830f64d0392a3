import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { openPython } from '../../test/helpers/python';

/** Runs the training code with a Python of its own: `tsx run.ts ablation.py …`. */
const FOLDER = import.meta.dirname;
const { python } = openPython('training/python', [
  { file: path.join(FOLDER, 'requirements.txt'), what: 'PyTorch and others' },
]);
const { status } = spawnSync(python, process.argv.slice(2), { cwd: FOLDER, stdio: 'inherit' });
process.exitCode = status ?? 1;
