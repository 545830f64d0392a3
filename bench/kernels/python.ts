import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { KernelCase } from './cases/files';

const PEERS = path.resolve(import.meta.dirname, '../peers');
const SCRIPT = path.join(PEERS, 'kernels.py');
const ENVIRONMENT = path.resolve(import.meta.dirname, '../../.cache/bench/python');
const STAMP = path.join(ENVIRONMENT, 'installed');
const INSTALLS = Object.freeze([
  { file: 'requirements.txt', options: [], what: 'the peers' },
  { file: 'requirements-itk.txt', options: ['--no-deps'], what: "ITK's thinning" },
]);
const RUNS = 3;
/** A peer that takes longer is left out. */
const PATIENCE_MS = 300_000;
const NAMES = [process.env.PYTHON, 'python3', 'python'];

/** One call of a peer in a process of its own. */
export interface PeerMeasured {
  readonly seconds: number;
  readonly cpu: number;
  /** Megabytes beyond what the process held with libraries and inputs loaded. */
  readonly peakMb: number;
  readonly figures: Readonly<Record<string, readonly number[]>>;
}

/** Peers in Python, installed for the bench alone. */
export interface Peers {
  /** Names and versions of what is installed. */
  readonly versions: readonly string[];
  /**
   * Each call is made once a case. Nothing where the peer failed; a line says why.
   *
   * @param runs how often the call is repeated at most
   */
  measure(call: string, on: KernelCase, runs?: number): PeerMeasured | undefined;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Installs the pinned peers where they are not there yet; without Python, one line says what is left out. */
export function openPeers(): Peers | undefined {
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
  const known = new Map<string, PeerMeasured | undefined>();
  return {
    versions,
    measure(call, on, runs = RUNS) {
      const key = `${call} ${on.name}`;
      if (!known.has(key)) known.set(key, callPeer(python, call, on, runs));
      return known.get(key);
    },
  };
}

function leaveOut(reason: string): undefined {
  console.log(`The peers are left out: ${reason}.`);
}

function callPeer(
  python: string,
  call: string,
  { name, mask, prediction, dims, spacing }: KernelCase,
  runs: number,
): PeerMeasured | undefined {
  const about = JSON.stringify({ mask, prediction, dims, spacing });
  const { stdout, stderr, status } = spawnSync(python, [SCRIPT, call, about, String(runs)], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  if (status === 0) return JSON.parse(lastLine(stdout)) as PeerMeasured;
  console.log(`${call} on ${name} is left out: ${lastLine(stderr) || 'it took too long'}`);
  return undefined;
}
