import fs from 'node:fs';
import path from 'node:path';
import type { ModelManifest, Prediction } from '@vessels/inference/manifest';
import { parseManifest } from '@vessels/inference/parseManifest';
import type { Geometry, Vec3 } from '@vessels/volume/geometry';
import type { Volume, Voxels } from '@vessels/volume/volume';

const FIXTURES = path.resolve(__dirname, '../../fixtures');

/** The tiny net: sigmoid(20 · (mean of the 27 voxels around − 0.5)), zeros outside the tile; patch 16³. */
export const tiny = {
  bytes: new Uint8Array(fs.readFileSync(path.join(FIXTURES, 'tiny.onnx'))),
  manifest: parseManifest(fs.readFileSync(path.join(FIXTURES, 'tiny.json'), 'utf8'), 'tiny.json'),
};

/** The tiny net's manifest with other values in it. */
export const manifest = (changes: Partial<ModelManifest> = {}): ModelManifest => ({
  ...tiny.manifest,
  ...changes,
});

/** Logits of background and vessel. */
export const TWO_LOGITS: Prediction = {
  values: 'logits',
  kind: 'labels',
  channels: [
    { name: 'background', labels: [0], vessel: false },
    { name: 'vessel', labels: [1], vessel: true },
  ],
};

/** A grid of 1 mm voxels at the origin. */
export const grid = (dims: Vec3): Geometry => ({
  dims,
  spacing: [1, 1, 1],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
});

/** A volume whose voxels are a function of their indices. */
export function volumeOf(
  dims: Vec3,
  value: (x: number, y: number, z: number) => number,
  make: (length: number) => Voxels = (length) => new Float32Array(length),
): Volume {
  const data = make(dims[0] * dims[1] * dims[2]);
  for (let z = 0, i = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++)
      for (let x = 0; x < dims[0]; x++, i++) data[i] = value(x, y, z);
  return { data, geometry: grid(dims) };
}
