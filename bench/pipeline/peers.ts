import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openInNode } from '../nodeModel';
import type { BenchCase } from './cases';

const SCRIPT = path.resolve(import.meta.dirname, '../peers/stations.py');
/** Pythons that may have scikit-image; PYTHON goes first. */
const PYTHONS = [process.env.PYTHON, 'python3', '/usr/bin/python3'];

/** What scikit-image and scipy need for the mask of a case. */
export interface PythonTimes {
  readonly seconds: Readonly<Record<'skeleton' | 'distance' | 'betti', number>>;
  readonly peak_mb: number;
}

const python = PYTHONS.find(
  (name) => name && spawnSync(name, ['-c', 'import skimage, scipy']).status === 0,
);

/** Times of scikit-image and scipy on a mask, or nothing where they are not installed. */
export function pythonTimes(
  mask: Uint8Array,
  { image: { geometry } }: BenchCase,
): PythonTimes | undefined {
  if (!python) return undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const file = path.join(folder, 'mask.raw');
    fs.writeFileSync(file, mask);
    const args = [SCRIPT, file, ...geometry.dims, ...geometry.spacing].map(String);
    const { stdout, stderr, status } = spawnSync(python, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as PythonTimes;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Seconds of the same tiles through onnxruntime-node with native code. */
export async function nativeInference(
  { image }: BenchCase,
  manifest: ModelManifest,
  threads: number,
): Promise<number> {
  const network = await openInNode(manifest, threads);
  const start = performance.now();
  await infer(image, manifest, network);
  const seconds = (performance.now() - start) / 1000;
  await network.release();
  return seconds;
}
