import { expect, jest, test } from '@jest/globals';
import { Blender } from '@vessels/inference/blend';
import { gatherTile } from '@vessels/inference/gather';
import { infer } from '@vessels/inference/infer';
import { inferSlabs } from '@vessels/inference/inferSlabs';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openNetwork, type Network } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { slabsOf, type SlabSource } from '@vessels/inference/slabs';
import { planTiles } from '@vessels/inference/tiles';
import { CancelledError } from '@vessels/volume/errors';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Volume } from '@vessels/volume/volume';
import { manifest, tiny, volumeOf } from './helpers/models';

/** A network without neighbourhood: the value itself. */
const pointwise = { run: async (tile: Float32Array) => tile.slice() };
const unit = { normalisation: { kind: 'fixed', offset: 0, scale: 85 }, clip: [0, 1] } as const;
const fixed = (patch: Vec3, overlap: Vec3) =>
  manifest({ patch: [...patch], overlap: [...overlap], ...unit, clip: [0, 1] });
const pattern = (x: number, y: number, z: number) => (7 * x + 13 * y + 29 * z) % 85;

test('a pointwise net gives each voxel its own value, however the volume is tiled', async () => {
  const volume = volumeOf([21, 18, 13], pattern);
  const wanted = Array.from(volume.data, (v) => Math.round((v / 85) * 255));
  for (const [patch, overlap] of [
    [
      [16, 16, 16],
      [4, 4, 4],
    ],
    [
      [8, 9, 7],
      [3, 1, 2],
    ],
    [
      [5, 32, 6],
      [1, 8, 5],
    ],
  ] as [Vec3, Vec3][]) {
    const { probability } = await infer(volume, fixed(patch, overlap), pointwise);
    expect([...probability]).toEqual(wanted);
  }
});

test('a tile without a voxel as bright as the darkest vessel is not run and has probability 0', async () => {
  // Bright from x = 12 on: of the tiles at 0 … 7, 6 … 13 and 12 … 19 the first is dark.
  const volume = volumeOf([20, 8, 8], (x) => (x < 12 ? 20 : 80));
  const run = jest.fn(async (tile: Float32Array) => tile.slice());
  const dark = { ...fixed([8, 8, 8], [2, 2, 2]), darkest: 0.5 };
  const { probability, tiles, skipped } = await infer(volume, dark, { run });
  expect({ tiles, skipped }).toEqual({ tiles: 2, skipped: 1 });
  expect(run).toHaveBeenCalledTimes(2);
  expect([...probability.subarray(0, 6)]).toEqual(Array(6).fill(0));
  expect([...probability.subarray(12, 20)]).toEqual(Array(8).fill(240));
});

test('the tiny net finds a bright bar, the same as without tiles', async () => {
  const inBar = (x: number, y: number) => Math.abs(x - 12) <= 2 && Math.abs(y - 10) <= 2;
  const volume = volumeOf([24, 20, 18], (x, y) => (inBar(x, y) ? 85 : 0));
  const network = await openNetwork(tiny.bytes, tiny.manifest, nodeRuntime());
  const { probability, tiles } = await infer(volume, manifest({ ...unit, clip: [0, 1] }), network);
  await network.release();
  expect(tiles).toBe(8);

  // The mean of the 27 neighbours changes in x and y alone, away from the ends of the bar.
  for (let y = 1; y < 19; y++)
    for (let x = 1; x < 23; x++) {
      const around = [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => (inBar(x + dx, y + dy) ? 1 / 9 : 0) as number),
      );
      const mean = around.reduce((sum, v) => sum + v, 0);
      const exact = 255 / (1 + Math.exp(-20 * (mean - 0.5)));
      // A voxel at the face of a tile has zeros beyond it, with the least weight of all.
      expect(Math.abs(probability[x + 24 * (y + 20 * 9)] - exact)).toBeLessThan(
        isAtFace(x, [8, 15]) || isAtFace(y, [4, 15]) ? 50 : 1,
      );
    }
});
const isAtFace = (i: number, faces: readonly number[]) => faces.includes(i);

test('tiles of one value are run once, and the map stays the same to the bit', async () => {
  const isBright = (...place: number[]) => place.every((i) => i < 20);
  const volume = volumeOf([64, 48, 40], (x, y, z) => (isBright(x, y, z) ? pattern(x, y, z) : -50));
  const model = manifest({ ...unit, clip: [0, 1] });
  const network = await openNetwork(tiny.bytes, tiny.manifest, nodeRuntime());
  const { probability, tiles, skipped } = await infer(volume, model, network);
  const everyTile = await withoutSkipping(volume, model, network);
  await network.release();
  // Tiles lie at 0, 12, 24, 36, 48 × 0, 11, 21, 32 × 0, 12, 24; the bright corner meets the first two of each.
  expect({ tiles, skipped }).toEqual({ tiles: 2 * 2 * 2 + 1, skipped: 5 * 4 * 3 - 9 });
  expect(probability).toEqual(everyTile);
});

/** The map when the network runs on every tile. */
async function withoutSkipping(
  { data, geometry: { dims } }: Volume,
  { patch, overlap, clip: [low, high] = [-Infinity, Infinity] }: ModelManifest,
  network: Pick<Network, 'run'>,
): Promise<Uint8Array> {
  const plan = planTiles(dims, patch, overlap);
  const blender = new Blender(plan);
  const map: number[] = [];
  for (const [tz, z] of plan.starts[2].entries()) {
    for (const [ty, y] of plan.starts[1].entries())
      for (const [tx, x] of plan.starts[0].entries()) {
        const tile = new Float32Array(patch[0] * patch[1] * patch[2]);
        gatherTile(data, dims, [x, y, z], patch, { offset: 0, scale: 85, low, high }, tile);
        blender.add(await network.run(tile), [tx, ty, tz]);
      }
    map.push(...blender.finishLayer(tz).probability);
  }
  return Uint8Array.from(map);
}

test('slabs are read in rising order, none thicker than a tile, and handed on once', async () => {
  const volume = volumeOf([20, 17, 50], pattern);
  const { dims } = volume.geometry;
  const asked: [number, number][] = [];
  const source: SlabSource = {
    dims,
    read: async (from, to) => {
      asked.push([from, to]);
      return slabsOf(volume.data, dims).read(from, to);
    },
  };
  const map: number[] = [];
  await inferSlabs(
    source,
    { offset: 0, scale: 85, low: 0, high: 1 },
    fixed([16, 16, 16], [4, 4, 4]),
    pointwise,
    (z, slab) => {
      expect(z * dims[0] * dims[1]).toBe(map.length);
      map.push(...slab);
    },
  );
  expect(asked).toEqual([0, 11, 23, 34].map((z) => [z, z + 16]));
  expect(map).toEqual(Array.from(volume.data, (v) => Math.round((v / 85) * 255)));
});

test('a volume smaller than the patch', async () => {
  const volume = volumeOf([5, 4, 3], pattern, (n) => new Int16Array(n));
  const { probability, tiles } = await infer(volume, fixed([16, 16, 16], [4, 4, 4]), pointwise);
  expect(tiles).toBe(1);
  expect([...probability]).toEqual(Array.from(volume.data, (v) => Math.round((v / 85) * 255)));
});

test('tiles are counted, the last one last', async () => {
  const onTile = jest.fn();
  await infer(volumeOf([30, 16, 30], pattern), fixed([16, 16, 16], [2, 2, 2]), pointwise, {
    onTile,
  });
  expect(onTile.mock.calls).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
});

test('a cancel is answered within one tile, and the image stays as it was', async () => {
  const volume = volumeOf([64, 64, 64], pattern);
  const before = volume.data.slice();
  const abort = new AbortController();
  const run = jest.fn(async (tile: Float32Array) => {
    if (run.mock.calls.length === 3) setTimeout(() => abort.abort());
    await new Promise((done) => setTimeout(done, 5));
    return tile;
  });
  const running = infer(volume, fixed([16, 16, 16], [4, 4, 4]), { run }, { signal: abort.signal });
  await expect(running).rejects.toBeInstanceOf(CancelledError);
  expect(run).toHaveBeenCalledTimes(3);
  expect(volume.data).toEqual(before);
});

test('a volume that does not fill its grid is refused', async () => {
  const { data } = volumeOf([4, 4, 4], pattern);
  const { geometry } = volumeOf([4, 4, 5], pattern);
  const running = infer({ data, geometry }, fixed([4, 4, 4], [1, 1, 1]), pointwise);
  await expect(running).rejects.toMatchObject({ code: 'volume.length' });
});
