import { expect, jest, test } from '@jest/globals';
import { fromTensor, inTensorOrder, toTensor } from '@vessels/inference/axisOrder';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { mirroring } from '@vessels/inference/mirror';
import { CancelledError } from '@vessels/volume/errors';
import type { Volume } from '@vessels/volume/volume';
import { manifest, TWO_LOGITS, volumeOf } from './helpers/models';

/** A net without neighbourhood, whose two logits differ by twice the value. */
const run = jest.fn(async (tile: Float32Array) =>
  Float32Array.from({ length: 2 * tile.length }, (_, i) =>
    i < tile.length ? -tile[i] : tile[i - tile.length],
  ),
);

const model = (changes: Partial<ModelManifest> = {}) =>
  manifest({
    patch: [8, 8, 8],
    overlap: [4, 4, 4],
    normalisation: { kind: 'none' },
    clip: undefined,
    prediction: TWO_LOGITS,
    ...changes,
  });

const byte = (value: number) => Math.round(255 / (1 + Math.exp(-2 * value)));

test('each voxel has its own answer, however the volume is tiled', async () => {
  const volume = volumeOf([19, 9, 8], (x, y, z) => ((x + 3 * y + 5 * z) % 7) - 3);
  const { probability } = await infer(volume, model(), { run });
  expect([...probability]).toEqual(Array.from(volume.data, byte));
});

test('a volume smaller than a tile lies in its middle, with zeros around', async () => {
  const tiles: Float32Array[] = [];
  const volume = volumeOf([2, 1, 3], () => 5);
  volume.data[0] = 4;
  await infer(volume, model({ patch: [4, 3, 3], overlap: [1, 1, 1] }), {
    run: async (tile) => {
      tiles.push(tile.slice());
      return run(tile);
    },
  });
  const slice = (corner: number) => [0, 0, 0, 0, 0, corner, 5, 0, 0, 0, 0, 0];
  expect([...tiles[0]]).toEqual([...slice(4), ...slice(5), ...slice(5)]);
});

test('outside the box of what is not zero nothing is found', async () => {
  const isInside = (x: number, y: number) => x > 2 && y < 5;
  const volume = volumeOf([12, 9, 8], (x, y, z) => (isInside(x, y) ? 1 + ((x + z) % 2) : 0));
  const { probability } = await infer(volume, model({ crop: 'nonzero' }), { run });
  expect([...probability]).toEqual(Array.from(volume.data, (v) => (v === 0 ? 0 : byte(v))));
  const whole = await infer(volume, model(), { run });
  expect(whole.probability[0]).toBe(byte(0));
});

test('at another spacing the net sees another grid, and the answer lies on the image', async () => {
  const { data, geometry } = volumeOf([12, 8, 8], (x) => (x < 6 ? -2 : 2));
  const volume: Volume = { data, geometry: { ...geometry, spacing: [1, 0.5, 0.5] } };
  run.mockClear();
  const { probability, tiles, skipped } = await infer(volume, model({ spacing: [0.5, 0.5, 0.5] }), {
    run,
  });
  // 24 × 8 × 8 voxels: tiles begin at 0, 4, 8, 12 and 16 along x; those at 0 and 4, or 16, have one value.
  expect(tiles + skipped).toBe(5);
  for (let x = 0; x < 12; x++)
    if (x < 5 || x > 6)
      expect(Math.abs(probability[x] - byte(x < 6 ? -2 : 2))).toBeLessThanOrEqual(3);
  expect(probability).toHaveLength(data.length);
});

test('z-scores of the foreground leave the zeros around it', async () => {
  const volume = volumeOf([8, 8, 8], (x) => (x < 2 ? 0 : x % 2 ? 10 : 20));
  const normalisation = { kind: 'z-score', over: 'foreground' } as const;
  const { probability } = await infer(volume, model({ normalisation }), { run });
  expect([...probability.subarray(0, 8)]).toEqual([0, 0, 1, -1, 1, -1, 1, -1].map(byte));
});

test('mirrored tiles are answered too, mirrored back and averaged', async () => {
  // The first voxel along x alone is seen, at its own place.
  const first = async (tile: Float32Array) => tile.map((v, i) => (i % 4 === 0 ? v : 0));
  const counted = jest.fn(first);
  const mirrored = mirroring({ run: counted }, { mirror: ['x', 'z'], patch: [4, 1, 2] });
  const answer = await mirrored.run(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  expect(counted).toHaveBeenCalledTimes(4);
  expect([...answer]).toEqual([0.5, 0, 0, 2, 2.5, 0, 0, 4]);
});

test('tensors of another axis order', () => {
  const axes = {
    axes: ['z', 'x', 'y'] as ['z', 'x', 'y'],
    patch: [3, 2, 1] as [number, number, number],
  };
  expect(inTensorOrder([3, 2, 1], axes)).toEqual([1, 3, 2]);
  const tile = Float32Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
  const tensor = toTensor(tile, axes);
  expect([...tensor]).toEqual([1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16]);
  expect(fromTensor(tensor, axes)).toEqual(tile);
});

test('a cancel is answered within one tile', async () => {
  const abort = new AbortController();
  const volume = volumeOf([32, 8, 8], (x) => x);
  const running = infer(
    volume,
    model(),
    { run },
    {
      signal: abort.signal,
      onTile: () => abort.abort(),
    },
  );
  await expect(running).rejects.toBeInstanceOf(CancelledError);
});
