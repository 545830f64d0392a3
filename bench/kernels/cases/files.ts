import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Vec3 } from '@vessels/volume/geometry';
import { readNifti } from '@vessels/volume/nifti';
import type { Canvas } from './paint';
import { perturb } from './perturb';
import type { Recipe } from './recipes';

/** Synthetic trees beside the clone, taken instead of drawn ones of the same name. */
const PHANTOMS = path.resolve(import.meta.dirname, '../../../../shared/data/phantoms');
const FOLDER = path.resolve(import.meta.dirname, '../../../.cache/bench/cases');

/** A case on disk: bytes of 0 and 1, x fastest, that our processes and the peers' read. */
export interface KernelCase {
  readonly name: string;
  readonly about: string;
  readonly dims: Vec3;
  /** mm */
  readonly spacing: Vec3;
  /** Foreground voxels of the mask. */
  readonly voxels: number;
  /** File of the mask; in a pair, the reference. */
  readonly mask: string;
  /** File of the perturbed twin, or null where there is none. */
  readonly prediction: string | null;
  /** The masks as they would come from a server, gzipped; empty where there is no pair. */
  readonly gzipped: readonly string[];
}

/** A drawn mask without a twin, for one measurement; 1 mm. */
export const saveCanvas = (name: string, canvas: Canvas): KernelCase => ({
  ...save(name, canvas, null),
  about: name,
  spacing: [1, 1, 1],
  gzipped: [],
});

/** Read the phantom of that name, or draw the case. */
export const makeCase = (recipe: Recipe): KernelCase =>
  fs.existsSync(phantom(recipe.name)) ? readCase(recipe) : drawCase(recipe);

const phantom = (name: string, twin = '') => path.join(PHANTOMS, `${name}${twin}.nii.gz`);

function readCase({ name }: Recipe): KernelCase {
  const gzipped = [phantom(name), phantom(name, '_pert')];
  const [mask, prediction] = gzipped.map((file) => readNifti(fs.readFileSync(file)));
  const { dims, spacing } = mask.geometry;
  const [reference, twin] = [mask, prediction].map(({ data }) =>
    Uint8Array.from(data as ArrayLike<number>, (v) => Number(v > 0)),
  );
  return {
    ...save(name, { dims, mask: reference }, twin),
    about: 'phantom of the test data, vessel tree',
    spacing,
    gzipped,
  };
}

function drawCase({ name, about, spacing, twin, draw }: Recipe): KernelCase {
  const canvas = draw();
  const prediction = twin ? perturb(canvas, name.length).mask : null;
  const saved = save(name, canvas, prediction);
  const gzipped = [saved.mask, saved.prediction].flatMap((raw) => {
    if (!raw || !twin) return [];
    fs.writeFileSync(`${raw}.gz`, gzipSync(fs.readFileSync(raw)));
    return [`${raw}.gz`];
  });
  return { ...saved, about, spacing, gzipped };
}

function save(name: string, { dims, mask }: Canvas, prediction: Uint8Array | null) {
  fs.mkdirSync(FOLDER, { recursive: true });
  const write = (suffix: string, data: Uint8Array) => {
    const file = path.join(FOLDER, `${name}${suffix}.raw`);
    fs.writeFileSync(file, data);
    return file;
  };
  return {
    name,
    dims,
    voxels: mask.reduce((sum, v) => sum + v, 0),
    mask: write('', mask),
    prediction: prediction && write('-twin', prediction),
  };
}
