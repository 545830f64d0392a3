import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { openPython } from '../../test/helpers/python';

/** The tests of the training code, with a Python of their own. */
const FOLDER = import.meta.dirname;
const { python } = openPython('training/python', [
  { file: path.join(FOLDER, 'requirements.txt'), what: 'PyTorch and others' },
]);
const { status } = spawnSync(python, ['-m', 'unittest', ...process.argv.slice(2)], {
  cwd: FOLDER,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
