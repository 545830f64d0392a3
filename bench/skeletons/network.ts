import os from 'node:os';
import path from 'node:path';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import type { Vec3 } from '@vessels/volume/geometry';
import { MODELS, openInNode, readManifest } from '../nodeModel';

const FOLDER = path.join(MODELS, 'skeletons');

/** The learned skeletonizer of volumes (3) or images (2). */
export interface Skeletonizer {
  readonly likeness: (mask: Uint8Array, dims: Vec3) => Promise<Uint8Array>;
  release(): Promise<void>;
}

export async function openSkeletonizer(dimensions: 2 | 3): Promise<Skeletonizer> {
  const manifest = readManifest(`skelite-${dimensions}d`, FOLDER);
  const network = await openInNode(manifest, os.cpus().length, FOLDER);
  return {
    likeness: (mask, dims) => skeletonLikeness(mask, dims, manifest, network),
    release: () => network.release(),
  };
}
