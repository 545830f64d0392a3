import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { Network } from '@vessels/inference/network';
import { voxelVolume } from '@vessels/volume/geometry';
import { labelComponents, removeSmallComponents } from '@vessels/topology/components';
import { vesselMask } from '@vessels/workers/vesselMask';
import { oracleHysteresis, oracleThreshold } from './oracle';
import { both, dilated, largestComponent } from './region';
import type { EvaluationSet } from './sets';

const SCRIPT = path.resolve(import.meta.dirname, '../peers/vesselness.py');
/** What the extension drops when the site says nothing, mm³. */
const MIN_COMPONENT = 10;

/** A way of finding the vessels of a set, and its mask; 0 or 1. */
export interface Found {
  readonly method: string;
  readonly mask: Uint8Array;
  /** Components, before the largest alone is kept where the set says so. */
  readonly components: number;
}

/** The part of a set that is scored; all where nothing is said. */
export function regionOf({ image, truth, counts, within }: EvaluationSet): Uint8Array | undefined {
  return truth && within ? dilated(truth, image.geometry, within) : counts;
}

/** Probabilities of the product's engine; a set that is normalised already is taken as it is. */
export async function probabilityOf(
  { image, normalised }: EvaluationSet,
  manifest: ModelManifest,
  network: Network,
): Promise<Uint8Array> {
  const asIs: ModelManifest = {
    ...manifest,
    normalisation: { kind: 'fixed', offset: 0, scale: 1 },
  };
  return (await infer(image, normalised ? asIs : manifest, network)).probability;
}

/** The net's mask at its own threshold, small components dropped, as the panel shows it. */
export function ofNet(set: EvaluationSet, probability: Uint8Array, manifest: ModelManifest): Found {
  const { geometry } = set.image;
  const mask = vesselMask(probability, geometry, {
    threshold: manifest.threshold,
    minComponent: MIN_COMPONENT,
    minShare: manifest.minShare,
  });
  return found('net', mask, set);
}

const found = (method: string, mask: Uint8Array, { image, largest }: EvaluationSet): Found => {
  const { dims } = image.geometry;
  return {
    method,
    mask: largest ? largestComponent(mask, dims) : mask,
    components: labelComponents(mask, dims, 26).count,
  };
};

/** Classical filters and plain intensity, each with the best threshold for this very set. */
export function baselines(set: EvaluationSet, truth: Uint8Array, python?: string): Found[] {
  const { data, geometry } = set.image;
  const { dims } = geometry;
  const region = regionOf(set);
  const least = Math.ceil(MIN_COMPONENT / voxelVolume(geometry));
  const finish = (mask: Uint8Array) => {
    const kept = removeSmallComponents(mask, dims, { minVoxels: least });
    return both(set.largest ? largestComponent(kept, dims) : kept, region);
  };
  const judged = both(truth, region);
  const masks: [string, Uint8Array][] = [
    ['intensity', oracleThreshold(data, judged, finish)],
    ['hysteresis', oracleHysteresis(data, dims, judged, finish)],
  ];
  for (const [name, response] of python ? vesselness(set, python) : [])
    masks.push([name, oracleThreshold(response, judged, finish)]);
  return masks.map(([name, mask]) => found(`${name}, oracle`, mask, set));
}

/** Responses of Frangi's and Sato's filters (scikit-image), x fastest. */
function vesselness({ image }: EvaluationSet, python: string): [string, Float32Array][] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vesselness-'));
  try {
    const file = path.join(folder, 'image.f32');
    fs.writeFileSync(file, Float32Array.from(image.data));
    const args = [SCRIPT, file, ...image.geometry.dims.map(String), folder];
    const { status, stderr } = spawnSync(python, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`vesselness.py failed: ${stderr.trim().split('\n').at(-1)}`);
    return ['Frangi', 'Sato'].map((name) => {
      const bytes = fs.readFileSync(path.join(folder, `${name.toLowerCase()}.f32`));
      return [name, new Float32Array(Uint8Array.from(bytes).buffer)];
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
