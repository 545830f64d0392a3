import fs from 'node:fs';
import path from 'node:path';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import { parseSkeletonManifest } from '@vessels/inference/skeletonManifest';
import { openSkeletonNetwork } from '@vessels/inference/skeletonNetwork';
import type { Vec3 } from '@vessels/volume/geometry';
import { MODELS } from '../nodeModel';

const FOLDER = path.join(MODELS, 'skeletons');

/** The learned skeletonizer of volumes (3) or images (2). */
export interface Skeletonizer {
  readonly likeness: (mask: Uint8Array, dims: Vec3) => Promise<Uint8Array>;
  release(): Promise<void>;
}

export async function openSkeletonizer(dimensions: 2 | 3): Promise<Skeletonizer> {
  const name = `skelite-${dimensions}d.json`;
  const manifest = parseSkeletonManifest(fs.readFileSync(path.join(FOLDER, name), 'utf8'), name);
  const bytes = new Uint8Array(fs.readFileSync(path.join(FOLDER, manifest.file)));
  const network = await openSkeletonNetwork(bytes, manifest, nodeRuntime());
  return {
    likeness: (mask, dims) => skeletonLikeness(mask, dims, manifest, network),
    release: () => network.release(),
  };
}
