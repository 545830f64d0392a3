import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { planRun } from '@vessels/inference/plan';
import { clearOutside, type Box } from '@vessels/volume/box';
import type { Vec3 } from '@vessels/volume/geometry';
import { manifest, TWO_LOGITS, volumeOf } from './helpers/models';

/** A net in which each voxel's answer depends on the tile: sums along x from its first voxel on, within bounds. */
const contextual = {
  run: async (tile: Float32Array) => {
    const answer = new Float32Array(tile.length);
    for (let i = 0; i < tile.length; i++)
      answer[i] = i % 8 === 0 ? tile[i] : (answer[i - 1] + tile[i]) % 1;
    return answer;
  },
};

/** The same, as two logits. */
const logits = {
  run: async (tile: Float32Array) => {
    const answer = await contextual.run(tile);
    return Float32Array.from([...answer.map((v) => -v), ...answer]);
  },
};

const tiles = { patch: [8, 8, 8], overlap: [3, 3, 3] } satisfies Partial<ModelManifest>;
const scores = {
  ...tiles,
  prediction: TWO_LOGITS,
} satisfies Partial<ModelManifest>;

const KINDS: [string, Partial<ModelManifest>, typeof contextual][] = [
  ['probabilities', tiles, contextual],
  ['probabilities with a coarse pass', { ...tiles, coarse: true }, contextual],
  [
    'probabilities with a coarse pass that steers',
    { ...tiles, coarse: true, steer: 0.99 },
    contextual,
  ],
  ['scores', scores, logits],
  ['scores on another grid', { ...scores, spacing: [1.5, 0.8, 1.2] }, logits],
  ['scores within what is not zero', { ...scores, crop: 'nonzero', mirror: ['y'] }, logits],
];

const DIMS: Vec3 = [30, 21, 26];
const image = volumeOf(DIMS, (x, y, z) =>
  x < 4 || y > 18 ? 0 : 0.1 + ((7 * x + 13 * y + 29 * z) % 80) / 100,
);

const ends = (n: number) => fc.tuple(fc.nat(n - 1), fc.nat(n - 1));

const box = fc.tuple(ends(DIMS[0]), ends(DIMS[1]), ends(DIMS[2])).map((axes): Box => {
  const [x, y, z] = axes.map((pair) => Math.min(...pair));
  const [nx, ny, nz] = axes.map((pair) => Math.max(...pair) - Math.min(...pair) + 1);
  return { start: [x, y, z], dims: [nx, ny, nz] };
});

test.each(KINDS)(
  '%s: a region has the voxels of a run on the whole image',
  async (_, change, network) => {
    const model = manifest({ ...change, normalisation: { kind: 'min-max' }, clip: undefined });
    const whole = await infer(image, model, network);
    await fc.assert(
      fc.asyncProperty(box, async (region) => {
        const part = await infer(image, model, network, { region });
        const wanted = whole.probability.slice();
        clearOutside(wanted, DIMS, region);
        expect(part.probability).toEqual(wanted);
      }),
      { numRuns: 15 },
    );
  },
);

test.each(KINDS.slice(0, 5))(
  '%s: a small region takes fewer tiles, as the plan says',
  async (_, change, network) => {
    const model = manifest({ ...change, normalisation: { kind: 'min-max' }, clip: undefined });
    const region = { start: [12, 9, 1], dims: [2, 3, 2] } as const;
    const machine = {
      backend: { name: 'cpu', threads: 1, device: 'test' },
      voxelBytes: 4,
      secondsPerTile: 1,
      runtimeBytes: 0,
      memoryLimit: Infinity,
    } as const;
    const { tiles, skipped } = await infer(image, model, network, { region });
    const planned = planRun(model, { ...image.geometry, region, ...machine });
    expect(tiles + skipped).toBe(planned.tiles);
    expect(planned.tiles).toBeLessThan(planRun(model, { ...image.geometry, ...machine }).tiles / 2);
  },
);

test('a region beyond the image is refused', async () => {
  const region = { start: [0, 0, 20], dims: [30, 21, 7] } as const;
  await expect(infer(image, manifest(tiles), contextual, { region })).rejects.toMatchObject({
    code: 'box.outside',
  });
});
