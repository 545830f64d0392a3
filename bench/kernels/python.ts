import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { openPeerPython } from '../peers';
import type { KernelCase } from './cases/files';

const SCRIPT = path.resolve(import.meta.dirname, '../peers/kernels.py');
const RUNS = 3;
/** A peer that takes longer is left out. */
const PATIENCE_MS = 300_000;

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

/** The peers of the kernels; nothing where there is no Python, a line says why. */
export function openPeers(): Peers | undefined {
  const opened = openPeerPython();
  if (!opened) return undefined;
  const known = new Map<string, PeerMeasured | undefined>();
  return {
    versions: opened.versions,
    measure(call, on, runs = RUNS) {
      const key = `${call} ${on.name}`;
      if (!known.has(key)) known.set(key, callPeer(opened.python, call, on, runs));
      return known.get(key);
    },
  };
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
  const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
  if (status === 0) return JSON.parse(lastLine(stdout)) as PeerMeasured;
  console.log(`${call} on ${name} is left out: ${lastLine(stderr) || 'it took too long'}`);
  return undefined;
}
