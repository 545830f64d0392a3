import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const PEERS = path.resolve(import.meta.dirname, 'peers');
const ENVIRONMENT = path.resolve(import.meta.dirname, '../.cache/bench/python');
const STAMP = path.join(ENVIRONMENT, 'installed');
const INSTALLS = Object.freeze([
  { file: 'requirements.txt', options: [], what: 'the peers' },
  { file: 'requirements-itk.txt', options: ['--no-deps'], what: "ITK's thinning" },
]);
const NAMES = [process.env.PYTHON, 'python3', 'python'];

/** A Python of the benches' own, in .cache. */
export interface BenchPython {
  readonly python: string;
  /** Names and versions of what is installed. */
  readonly versions: readonly string[];
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Installs the pinned peers where they are not there yet; without Python, one line says what is left out. */
export function openPython(): BenchPython | undefined {
  const python = path.join(
    ENVIRONMENT,
    process.platform === 'win32' ? 'Scripts/python' : 'bin/python',
  );
  const pip = (...args: string[]) =>
    spawnSync(python, ['-m', 'pip', '--disable-pip-version-check', ...args], { encoding: 'utf8' });
  const sources = INSTALLS.map(({ file }) => fs.readFileSync(path.join(PEERS, file)));
  const wanted = createHash('sha256').update(Buffer.concat(sources)).digest('hex');

  if (!fs.existsSync(STAMP) || fs.readFileSync(STAMP, 'utf8') !== wanted) {
    fs.rmSync(ENVIRONMENT, { recursive: true, force: true });
    const base = NAMES.find((name) => name && spawnSync(name, ['--version']).status === 0);
    if (!base) return leaveOut('there is no python3 here; set PYTHON to its path');
    const made = spawnSync(base, ['-m', 'venv', ENVIRONMENT], { encoding: 'utf8' });
    if (made.status !== 0)
      return leaveOut(
        `${base} makes no virtual environment: ${lastLine(made.stdout + made.stderr)}`,
      );
    for (const { file, options, what } of INSTALLS) {
      console.log(`installing ${what} from bench/peers/${file}`);
      const done = pip('install', '--quiet', ...options, '-r', path.join(PEERS, file));
      if (done.status === 0) continue;
      if (file === INSTALLS[0].file) return leaveOut(`pip failed: ${lastLine(done.stderr)}`);
      console.log(`${what} is left out; pip failed: ${lastLine(done.stderr)}`);
    }
    fs.writeFileSync(STAMP, wanted);
  }

  const pinned = sources.flatMap((source) => source.toString().match(/^[\w-]+(?===)/gm) ?? []);
  const versions = pip('freeze')
    .stdout.split('\n')
    .filter((line) => pinned.includes(line.split('==')[0]))
    .map((line) => line.trim().replace('==', ' '));
  return { python, versions };
}

function leaveOut(reason: string): undefined {
  console.log(`The peers are left out: ${reason}.`);
}
