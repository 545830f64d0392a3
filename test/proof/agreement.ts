import fs from 'node:fs';
import path from 'node:path';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openNetwork } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { parseManifest } from '@vessels/inference/parseManifest';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';
import { leastByte } from '@vessels/inference/blend';

/** An image that nnU-Net has predicted, as models/training/nnunet/prove.py leaves it. */
export interface Predicted {
  readonly volume: Volume;
  readonly modality: string;
  readonly mirror: boolean;
  /** Labels of nnU-Net. */
  readonly labels: Uint8Array;
}

interface ImageFacts {
  readonly dims: Vec3;
  readonly spacing: Vec3;
  readonly modality: string;
  readonly mirror: boolean;
}

export function readPredicted(folder: string): Predicted {
  const bytes = (name: string) => new Uint8Array(fs.readFileSync(path.join(folder, name))).buffer;
  const facts = JSON.parse(fs.readFileSync(path.join(folder, 'image.json'), 'utf8')) as ImageFacts;
  const { dims, spacing, modality, mirror } = facts;
  return {
    volume: {
      data: new Float32Array(bytes('image.bin')),
      geometry: { dims, spacing, origin: [0, 0, 0], direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
    },
    modality,
    mirror,
    labels: new Uint8Array(bytes('prediction.bin')),
  };
}

export interface ImportedModel {
  readonly manifest: ModelManifest;
  readonly bytes: Uint8Array;
}

export function readImported(folder: string): ImportedModel {
  const text = fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8');
  const manifest = parseManifest(text, 'manifest.json');
  return { manifest, bytes: new Uint8Array(fs.readFileSync(path.join(folder, manifest.file))) };
}

/** Our probabilities of an image, by the processor. */
export async function probabilityOf(
  { manifest, bytes }: ImportedModel,
  volume: Volume,
): Promise<Uint8Array> {
  const network = await openNetwork(bytes, manifest, nodeRuntime(2));
  const { probability } = await infer(volume, manifest, network);
  await network.release();
  return probability;
}

export interface Agreement {
  readonly voxels: number;
  /** That nnU-Net calls vessel. */
  readonly vessels: number;
  /** Share of the voxels that both call the same. */
  readonly agreement: number;
  readonly dice: number;
}

/** How far a probability map and a mask of nnU-Net agree. */
export function agreementOf(
  probability: Uint8Array,
  isVessel: (voxel: number) => boolean,
  { threshold }: Pick<ModelManifest, 'threshold'>,
): Agreement {
  const least = leastByte(threshold);
  let [same, both, ours, theirs] = [0, 0, 0, 0];
  for (let i = 0; i < probability.length; i++) {
    const own = probability[i] >= least;
    const other = isVessel(i);
    if (own === other) same++;
    if (own) ours++;
    if (other) theirs++;
    if (own && other) both++;
  }
  return {
    voxels: probability.length,
    vessels: theirs,
    agreement: same / probability.length,
    dice: (2 * both) / (ours + theirs),
  };
}
