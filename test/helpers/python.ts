import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const CACHE = path.resolve(import.meta.dirname, '../../.cache');
const NAMES = [process.env.PYTHON, 'python3', 'python'];

/** A file of pinned Python packages. */
export interface Requirements {
  readonly file: string;
  /** Of `pip install`. */
  readonly options?: readonly string[];
  /** In words, for messages. */
  readonly what: string;
  /** The rest is of use without it. */
  readonly optional?: boolean;
}

/** A Python of our own, in .cache. */
export interface OwnPython {
  readonly python: string;
  /** Names and versions of the pinned packages. */
  readonly versions: readonly string[];
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/**
 * A virtual environment with the pinned packages, made where it is not there yet or they have changed.
 *
 * @param name folder in .cache
 * @throws Error with one sentence when there is no Python, or pip fails
 */
export function openPython(name: string, installs: readonly Requirements[]): OwnPython {
  const environment = path.join(CACHE, name);
  const stamp = path.join(environment, 'installed');
  const python = path.join(
    environment,
    process.platform === 'win32' ? 'Scripts/python' : 'bin/python',
  );
  const pip = (...args: string[]) =>
    spawnSync(python, ['-m', 'pip', '--disable-pip-version-check', ...args], { encoding: 'utf8' });
  const sources = installs.map(({ file }) => fs.readFileSync(file));
  const wanted = createHash('sha256').update(Buffer.concat(sources)).digest('hex');

  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted) {
    fs.rmSync(environment, { recursive: true, force: true });
    const base = NAMES.find((n) => n && spawnSync(n, ['--version']).status === 0);
    if (!base) throw new Error('There is no python3 here; set PYTHON to its path.');
    const made = spawnSync(base, ['-m', 'venv', environment], { encoding: 'utf8' });
    if (made.status !== 0)
      throw new Error(
        `${base} makes no virtual environment: ${lastLine(made.stdout + made.stderr)}`,
      );
    for (const { file, options = [], what, optional } of installs) {
      console.log(`installing ${what} from ${path.relative(process.cwd(), file)}`);
      const done = pip('install', '--quiet', ...options, '-r', file);
      if (done.status === 0) continue;
      if (!optional) throw new Error(`pip failed: ${lastLine(done.stderr)}`);
      console.log(`${what} is left out; pip failed: ${lastLine(done.stderr)}`);
    }
    fs.writeFileSync(stamp, wanted);
  }

  const pinned = sources.flatMap((source) => source.toString().match(/^[\w-]+(?===)/gm) ?? []);
  const versions = pip('freeze')
    .stdout.split('\n')
    .filter((line) => pinned.includes(line.split('==')[0]))
    .map((line) => line.trim().replace('==', ' '));
  return { python, versions };
}
