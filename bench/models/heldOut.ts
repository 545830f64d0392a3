import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNpy } from '../../test/helpers/npy';
import type { EvaluationSet } from './sets';

const TRAINING = path.resolve(import.meta.dirname, '../../models/training');
const CACHE = path.resolve(import.meta.dirname, '../../.cache/bench/held-out');

/** Seeds below this one train the nets. */
const FIRST_SEED = 9000;
const VOLUMES = 12;
const SIZE = 96;
/** Bits of the generator's target. */
const VESSEL = 1;
const COUNTS = 4;

/** Volumes that the generator draws from seeds kept for evaluation; drawn once, kept in .cache. */
export function heldOutSets(python: string, modality: string): EvaluationSet[] {
  const folder = path.join(CACHE, `${modality}-${VOLUMES}-${SIZE}-${sourcesStamp()}`);
  const file = (kind: string) => path.join(folder, `${kind}-${FIRST_SEED}.npy`);
  if (!fs.existsSync(file('image'))) {
    const options = { first: FIRST_SEED, shards: 1, patches: VOLUMES, size: SIZE, type: 'float32' };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const { status, stderr } = spawnSync(
      python,
      [path.join(TRAINING, 'generate.py'), modality, folder, ...args],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`generate.py failed: ${stderr.trim().split('\n').at(-1)}`);
  }
  const images = readNpy(fs.readFileSync(file('image'))).data as Float32Array;
  const targets = readNpy(fs.readFileSync(file('target'))).data as Uint8Array;
  const dims: Vec3 = [SIZE, SIZE, SIZE];
  const voxels = SIZE ** 3;
  return Array.from({ length: VOLUMES }, (_, i) => {
    const target = targets.subarray(i * voxels, (i + 1) * voxels);
    return {
      name: 'synthetic, held out',
      image: {
        data: images.subarray(i * voxels, (i + 1) * voxels),
        geometry: {
          dims,
          spacing: [1, 1, 1],
          origin: [0, 0, 0],
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        },
      },
      truth: target.map((bits) => Number((bits & VESSEL) > 0)),
      counts: target.map((bits) => Number((bits & COUNTS) > 0)),
      normalised: true,
    };
  });
}

const GENERATOR = Object.freeze(
  [
    'anatomy',
    'appearance',
    'cta',
    'fields',
    'generate',
    'generic',
    'mra',
    'octa',
    'raster',
    'tube',
  ].map((name) => path.join(TRAINING, `${name}.py`)),
);

/** The generator's sources decide what it draws. */
function sourcesStamp(): string {
  const hash = createHash('sha256');
  for (const file of GENERATOR) hash.update(fs.readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}
