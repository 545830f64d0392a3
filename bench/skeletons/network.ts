import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openNetwork } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { parseManifest } from '@vessels/inference/parseManifest';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import type { Vec3 } from '@vessels/volume/geometry';

const MODELS = path.resolve(import.meta.dirname, '../../models/skeletons');

/** The learned skeletonizer of volumes (3) or images (2). */
export interface Skeletonizer {
  readonly likeness: (mask: Uint8Array, dims: Vec3) => Promise<Uint8Array>;
  release(): Promise<void>;
}

export async function openSkeletonizer(dimensions: 2 | 3): Promise<Skeletonizer> {
  const name = `skelite-${dimensions}d`;
  const read = (suffix: string) => fs.readFileSync(path.join(MODELS, name + suffix));
  const manifest = parseManifest(read('.json').toString(), `${name}.json`);
  const network = await openNetwork(
    new Uint8Array(read('.onnx')),
    manifest,
    nodeRuntime(os.cpus().length),
  );
  return {
    likeness: (mask, dims) => skeletonLikeness(mask, dims, manifest, network),
    release: () => network.release(),
  };
}
