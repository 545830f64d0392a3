import type { ModelManifest } from '@vessels/inference/manifest';
import type { Network } from '@vessels/inference/network';
import { intensityMap } from '@vessels/inference/normalise';
import { gatherTile } from '@vessels/inference/gather';
import { planTiles } from '@vessels/inference/tiles';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';

/**
 * What is written first everywhere: tiles that overlap by half along every axis, all of them run, sums and counts in
 * float32 volumes beside a normalised copy of the image.
 */
export async function inferNaively(
  { data, geometry: { dims } }: Volume,
  manifest: ModelManifest,
  network: Pick<Network, 'run'>,
): Promise<{ probability: Float32Array; tiles: number; skipped: number }> {
  const { patch } = manifest;
  const { offset, scale, low, high } = intensityMap(data, manifest);
  const image = Float32Array.from(data, (v) => Math.min(high, Math.max(low, (v - offset) / scale)));
  const half = patch.map((n) => n / 2) as unknown as Vec3;
  const { starts, count } = planTiles(dims, patch, half);
  const sums = new Float32Array(image.length);
  const counts = new Float32Array(image.length);
  const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
  const asIs = { offset: 0, scale: 1, low: -Infinity, high: Infinity };
  for (const z of starts[2])
    for (const y of starts[1])
      for (const x of starts[0]) {
        gatherTile(image, dims, [x, y, z], patch, asIs, tile);
        const answer = await network.run(tile);
        for (let k = 0; k < Math.min(patch[2], dims[2] - z); k++)
          for (let j = 0; j < Math.min(patch[1], dims[1] - y); j++) {
            const to = x + dims[0] * (y + j + dims[1] * (z + k));
            const from = patch[0] * (j + patch[1] * k);
            for (let i = 0; i < Math.min(patch[0], dims[0] - x); i++) {
              sums[to + i] += answer[from + i];
              counts[to + i]++;
            }
          }
      }
  for (let v = 0; v < sums.length; v++) sums[v] /= counts[v];
  return { probability: sums, tiles: count, skipped: 0 };
}
