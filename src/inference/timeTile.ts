import type { ModelManifest } from './manifest';
import type { Network } from './network';

/** Seconds that a network takes for a tile of zeros once it is warm; on the GPU it is from the moment it is opened. */
export async function timeTile(
  network: Pick<Network, 'run' | 'backend'>,
  { patch }: Pick<ModelManifest, 'patch'>,
): Promise<number> {
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  if (network.backend.name !== 'webgpu') await network.run(tile);
  const start = performance.now();
  await network.run(tile);
  return (performance.now() - start) / 1000;
}
