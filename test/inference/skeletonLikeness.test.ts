import { describe, expect, it } from '@jest/globals';
import type { ModelManifest } from '@vessels/inference/manifest';
import { skeletonLikeness } from '@vessels/inference/skeletonLikeness';
import type { Vec3 } from '@vessels/volume/geometry';

const manifest = {
  patch: [8, 8, 8],
  overlap: [2, 2, 2],
  normalisation: { kind: 'fixed', offset: 0, scale: 1 },
  clip: [0, 1],
} as unknown as ModelManifest;

/** A network that gives back what it gets, and counts its runs. */
function echo() {
  const seen: Float32Array[] = [];
  return {
    seen,
    run: (tile: Float32Array) => {
      seen.push(tile.slice());
      return Promise.resolve(tile.slice());
    },
  };
}

describe('the likeness of a skeleton', () => {
  const dims: Vec3 = [24, 8, 8];

  it('is what the network says of the mask, and of the tiles without foreground one is run', async () => {
    const mask = new Uint8Array(24 * 8 * 8);
    for (let x = 2; x < 4; x++) mask[x + 24 * (3 + 8 * 3)] = 1;
    const network = echo();
    const likeness = await skeletonLikeness(mask, dims, manifest, network);
    expect([...likeness]).toEqual(Array.from(mask, (value) => 255 * value));
    expect(network.seen.map((tile) => Math.max(...tile))).toEqual([1, 0]);
  });

  it('is nothing where there is nothing to thin', async () => {
    const network = echo();
    expect(await skeletonLikeness(new Uint8Array(512), [8, 8, 8], manifest, network)).toEqual(
      new Uint8Array(512),
    );
    expect(network.seen).toHaveLength(0);
  });
});
