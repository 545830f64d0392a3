import { afterAll, expect, test } from '@jest/globals';
import { NetworkCache } from '@vessels/inference/networkCache';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { CancelledError } from '@vessels/volume/errors';
import { runPipeline } from '@vessels/workers/pipeline';
import type { Progress } from '@vessels/workers/protocol';
import { manifest, tiny, volumeOf } from '../inference/helpers/models';
import { bar, model, request, speckled } from './helpers/requests';

const networks = new NetworkCache(nodeRuntime());
const run = (changes: Parameters<typeof request>[0] = {}, onProgress?: (p: Progress) => void) =>
  runPipeline(request(changes), { networks }, onProgress);

afterAll(() => networks.release());

test('a bar becomes one vessel with one centerline along it', async () => {
  const { result, probability } = await run();
  const { mask, graph, qc, tiles, backend, timings } = result;
  const { data } = bar();
  // The mean of 27 neighbours is at least a half within the bar, its edges along z aside.
  expect(mask.reduce((n, v) => n + v, 0)).toBeGreaterThan(0.7 * 25 * 30);
  expect(mask.every((v, i) => v === 0 || data[i] > 0)).toBe(true);
  expect(mask.every((v, i) => (v === 1) === probability[i] >= 128)).toBe(true);
  expect(graph.branches).toHaveLength(1);
  expect(graph.totalLength).toBeGreaterThan(20);
  expect(qc.betti).toMatchObject({ b0: 1, b1: 0, b2: 0 });
  expect(qc.components).toHaveLength(1);
  expect(tiles).toBe(2 * 2 * 3);
  expect(backend.name).toBe('cpu');
  expect(Object.keys(timings).at(-1)).toBe('qc');
});

test('an image of tilted slices is put on its grid first: the bar leans, and its length is that of the hypotenuse', async () => {
  const volume = bar();
  const { dims } = volume.geometry;
  const depth = dims[2];
  // 0.5 voxels aside for each slice: as upright as the bar is in the slices, so far it leans in space
  const resampling = {
    slices: volume.geometry,
    shifts: Array.from({ length: depth }, (_, s) => [0.5 * s, 0] as const),
    heights: Array.from({ length: depth }, (_, s) => s),
    grid: { ...volume.geometry, dims: [dims[0] + 15, dims[1], depth] as const },
  };
  const upright = (await run()).result;
  const { result, probability } = await run({ volume, resampling });
  expect(result.mask).toHaveLength(39 * 20 * 30);
  expect(probability).toHaveLength(39 * 20 * 30);
  const ends = (mask: Uint8Array, nx: number) =>
    [5, 25].map((k) => {
      const inPlane = mask.subarray(k * nx * 20, (k + 1) * nx * 20);
      const columns = [...inPlane].flatMap((v, i) => (v ? [i % nx] : []));
      return columns.reduce((sum, i) => sum + i, 0) / columns.length;
    });
  const [low, high] = ends(result.mask, 39);
  expect(high! - low!).toBeCloseTo(10, 0);
  const factor = result.graph.totalLength / upright.graph.totalLength;
  expect(factor).toBeCloseTo(Math.hypot(1, 0.5), 1);
});

test('components below the least volume are dropped', async () => {
  const all = await run({ volume: speckled() });
  const large = await run({ volume: speckled(), minComponent: 100 });
  expect([all, large].map(({ result }) => result.qc.components.length)).toEqual([2, 1]);
});

test('components below the share of the largest that the manifest says are dropped', async () => {
  const least = async (minShare: number) => {
    const { result } = await run({ volume: speckled(), model: model({ minShare }) });
    return result.qc.components.length;
  };
  expect(await least(0.01)).toBe(2);
  expect(await least(0.5)).toBe(1);
});

test('an image without vessels is a result', async () => {
  const isDot = (...place: number[]) => place.every((i) => i % 4 === 0);
  const volume = volumeOf([20, 20, 20], (x, y, z) => (isDot(x, y, z) ? 100 : 0));
  const { result } = await run({ volume });
  expect(result.mask.some(Boolean)).toBe(false);
  expect(result.graph).toMatchObject({ nodes: [], branches: [], totalLength: 0 });
  expect(result.qc.verdict).toBe('empty');
});

test('progress goes through the stages and never falls', async () => {
  await networks.release();
  const told: Progress[] = [];
  await run({}, (p) => told.push(p));
  expect([...new Set(told.map(({ stage }) => stage))]).toEqual([
    'load',
    'compile',
    'infer',
    'clean',
    'skeleton',
    'centerline',
    'qc',
  ]);
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
  expect(told.at(-1)?.remaining).toBe(0);
});

test('a second run with the same model does not load it again', async () => {
  await run();
  const stages = new Set<string>();
  await run({}, ({ stage }) => stages.add(stage));
  expect([...stages]).toEqual(['infer', 'clean', 'skeleton', 'centerline', 'qc']);
});

test.each(['load', 'infer', 'skeleton', 'qc'])('a cancel in %s ends the run', async (stage) => {
  await networks.release();
  const abort = new AbortController();
  const running = runPipeline(
    request(),
    { networks },
    (p) => p.stage === stage && abort.abort(),
    abort.signal,
  );
  await expect(running).rejects.toBeInstanceOf(CancelledError);
});

test('a model that is missing, foreign or of another manifest ends the run with its reason', async () => {
  await networks.release();
  const model = request().model;
  const fetch = async () => new Response('not found', { status: 404 });
  const missing = runPipeline(
    request({ model: { ...model, file: 'https://viewer.example/models/gone.onnx' } }),
    { networks, fetch },
  );
  await expect(missing).rejects.toMatchObject({ code: 'model.missing' });
  const foreign = run({ model: { ...model, file: new ArrayBuffer(99) } });
  await expect(foreign).rejects.toMatchObject({ code: 'model.sha256' });
  const other = run({ model: { ...model, manifest: manifest({ patch: [8, 8, 8] }) } });
  await expect(other).rejects.toMatchObject({ code: 'model.shape' });
});

test('an image of one intensity ends the run', async () => {
  const constant = run({ volume: volumeOf([20, 20, 20], () => 5) });
  await expect(constant).rejects.toMatchObject({ code: 'volume.constant' });
});

test('the peak counts image, probability, masks and the slab of sums', async () => {
  const { result } = await run();
  const voxels = 24 * 20 * 30;
  const slab = 24 * 20 * tiny.manifest.patch[2];
  expect(result.peakBytes).toBeGreaterThanOrEqual(4 * voxels + voxels + 4 * slab);
});
