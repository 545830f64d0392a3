import type { ModelManifest } from './manifest';
import type { Network } from './network';

/** Seconds that a network takes for a tile once it is warm: of a second run, on a tile of zeros. */
export async function timeTile(
  network: Pick<Network, 'run'>,
  { patch }: Pick<ModelManifest, 'patch'>,
): Promise<number> {
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  await network.run(tile);
  const start = performance.now();
  await network.run(tile);
  return (performance.now() - start) / 1000;
}
