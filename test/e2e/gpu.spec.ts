import path from 'node:path';
import { expect, test } from '@playwright/test';
import { bundle } from '../../bench/build';
import { startServer, type BenchServer } from '../../bench/server';
import type { Incidents, LayerCase } from './gpu/layers';
import type { GpuPage } from './gpu/page';
import { launch, type Session } from './helpers/browser';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Our own shaders, in a page without a viewer; the software adapter is slow, so nets and images are tiny. */
test.describe.serial('on the GPU', () => {
  let server: BenchServer;
  let session: Session;

  test.beforeAll(async () => {
    bundle('test/e2e/gpu/webpack.config.mjs');
    server = await startServer('/gpu/page.mjs', {
      '/gpu/': path.join(ROOT, 'test/e2e/gpu/dist'),
      '/ort/': path.join(ROOT, 'extension/dist/ort'),
      '/fixtures/': path.join(ROOT, 'test/fixtures'),
      '/skeletons/': path.join(ROOT, 'models/skeletons'),
    });
    session = await launch({ webgpu: true });
    await session.page.goto(server.url);
    await session.page.waitForFunction(() => 'gpuPage' in globalThis);
  });

  test.afterAll(async () => {
    await session?.close();
    server?.close();
  });

  /** Calls a function of the page. */
  const call = <K extends keyof GpuPage>(
    name: K,
    ...args: Parameters<GpuPage[K]>
  ): Promise<Awaited<ReturnType<GpuPage[K]>>> =>
    session.page.evaluate(
      ([method, given]) =>
        (globalThis as unknown as { gpuPage: Record<string, (...a: unknown[]) => never> }).gpuPage[
          method
        ](...given),
      [name, args] as [string, unknown[]],
    );

  const CASES: Readonly<Record<string, LayerCase>> = {
    'several layers, odd rows, tiles at the borders': {
      dims: [37, 29, 41],
      patch: [16, 16, 16],
      overlap: [4, 4, 4],
      type: 'Int16Array',
    },
    'half an image of one value, and a coarse pass': {
      dims: [38, 20, 44],
      patch: [16, 16, 16],
      overlap: [4, 4, 4],
      type: 'Uint8Array',
      coarse: true,
      flat: 0.6,
    },
    'an image that is smaller than a tile': {
      dims: [11, 13, 9],
      patch: [16, 16, 16],
      overlap: [4, 4, 4],
      type: 'Float32Array',
    },
    'flat tiles, another order of axes': {
      dims: [50, 21, 17],
      patch: [20, 12, 5],
      overlap: [3, 6, 1],
      type: 'Uint16Array',
      operator: 'Softmax',
      axes: ['x', 'z', 'y'],
    },
    'tiles darker than any vessel': {
      dims: [44, 20, 22],
      patch: [8, 8, 8],
      overlap: [2, 2, 2],
      type: 'Int16Array',
      operator: 'Sigmoid',
      darkest: 0.5,
    },
    'a coarse pass that steers': {
      dims: [44, 20, 22],
      patch: [8, 8, 8],
      overlap: [2, 2, 2],
      type: 'Int16Array',
      operator: 'Sigmoid',
      coarse: true,
      steer: 0.6,
    },
    'a region': {
      dims: [40, 30, 50],
      patch: [8, 8, 8],
      overlap: [2, 2, 2],
      type: 'Int16Array',
      operator: 'Sigmoid',
      region: { start: [13, 9, 12], dims: [20, 11, 15] },
    },
    'more runs than there is room for': {
      dims: [40, 9, 11],
      patch: [8, 8, 8],
      overlap: [2, 2, 2],
      type: 'Int16Array',
      operator: 'Sigmoid',
      ragged: true,
    },
    'thick slices, and a coarse pass': {
      dims: [38, 20, 30],
      spacing: [0.5, 0.5, 2],
      patch: [8, 8, 8],
      overlap: [2, 2, 2],
      type: 'Int16Array',
      operator: 'Sigmoid',
      coarse: true,
    },
    'signed bytes': {
      dims: [9, 10, 11],
      patch: [4, 5, 6],
      overlap: [2, 2, 2],
      type: 'Int8Array',
      operator: 'Sigmoid',
    },
    'whole numbers of 32 bits': {
      dims: [9, 10, 11],
      patch: [7, 3, 10],
      overlap: [1, 1, 9],
      type: 'Int32Array',
      operator: 'Sigmoid',
    },
  };

  for (const [name, one] of Object.entries(CASES))
    test(`the probabilities of the processor: ${name}`, async () => {
      const result = await call('compareLayers', one);
      expect(result.backend).toEqual({ name: 'webgpu', threads: 1, device: expect.any(String) });
      expect(result.peak).toBeGreaterThan(30);
      // a weight in 32 bits may round another way: one step of the sums, seldom one of the bytes
      expect(result.greatest).toBeLessThanOrEqual(1);
      expect(result.tiles[1]).toBe(result.tiles[0]);
      expect(result.skipped[1]).toBe(result.skipped[0]);
      expect(result.runs).toBe(one.region || one.ragged ? 'none' : 'as in the bytes');
    });

  const TUBE: LayerCase = {
    dims: [30, 29, 41],
    patch: [16, 16, 16],
    overlap: [4, 4, 4],
    type: 'Int16Array',
  };

  const FAULTS: readonly {
    readonly incidents: Incidents;
    readonly runsOn: 'webgpu' | 'wasm';
    readonly reason: RegExp;
  }[] = [
    {
      incidents: { 6: 'device lost' },
      runsOn: 'webgpu',
      reason: /failed once.*a new device went on/,
    },
    {
      incidents: { 12: 'device lost', 24: 'device lost' },
      runsOn: 'wasm',
      reason: /failed during the run/,
    },
    {
      incidents: { 0: 'small buffers only' },
      runsOn: 'webgpu',
      reason: /one by one: the image needs/,
    },
    {
      incidents: { 0: 'no memory left' },
      runsOn: 'webgpu',
      reason: /one by one: .* MB were not to be had: nothing is left/,
    },
    {
      incidents: { 0: 'shaders that do not compile' },
      runsOn: 'webgpu',
      reason: /one by one: the shader "gather" does not compile/,
    },
  ];

  for (const { incidents, runsOn, reason } of FAULTS)
    test(`nothing is lost: ${Object.values(incidents).join(', ')}`, async () => {
      const result = await call('compareLayers', TUBE, incidents);
      expect(result.backend).toMatchObject({ name: runsOn, reason: expect.stringMatching(reason) });
      expect(result.greatest).toBeLessThanOrEqual(1);
    });

  test('where tiles are slow, those that are done are not run again', async () => {
    const losses: Incidents = { 12: 'device lost', 24: 'device lost' };
    const [quick, slow] = [
      await call('compareLayers', TUBE, losses),
      await call('compareLayers', TUBE, losses, true),
    ];
    for (const { backend, greatest, tiles } of [quick, slow]) {
      expect(backend.name).toBe('wasm');
      expect(greatest).toBeLessThanOrEqual(1);
      expect(tiles).toEqual([36, 36]);
    }
    // layers of nine tiles: three and six of them are done again, and perhaps one at which the loss is noticed
    expect(quick.told).toBeGreaterThanOrEqual(36 + 3 + 6);
    expect(slow.told).toBeLessThanOrEqual(36 + 2);
  });

  test('answers that are no numbers are refused as on the processor', async () => {
    expect(
      await call('runBroken', { ...TUBE, patch: [4, 4, 4], overlap: [1, 1, 1], operator: 'Sqrt' }),
    ).toBe('model.not-finite');
  });

  test('a run stops within a tile, and the next one is whole', async () => {
    expect(await call('cancelAt', TUBE, 3)).toEqual({
      ...{ error: 'CancelledError', last: 3, tilesAfter: 36, backend: 'webgpu' },
    });
  });

  test('twenty runs leave no buffer behind', async () => {
    const small: LayerCase = {
      ...TUBE,
      dims: [9, 9, 9],
      patch: [6, 6, 6],
      overlap: [2, 2, 2],
      operator: 'Sigmoid',
    };
    const { bytes, created, destroyed, backend } = await call('repeat', small, 20);
    expect(backend).toBe('webgpu');
    expect(created).toBeGreaterThan(0);
    expect(destroyed).toBe(created);
    expect(bytes[19]).toBe(bytes[1]);
  });

  for (const dimensions of [2, 3] as const)
    test(`the learned skeletonizer for ${dimensions} dimensions says the same as on the processor`, async () => {
      const { greatest, peak } = await call('compareSkeletonizer', dimensions);
      expect(peak).toBeGreaterThan(128);
      expect(greatest).toBeLessThanOrEqual(1);
    });

  test('thinning: voxel for voxel the safe mode, the Betti numbers of the mask, the same again', async () => {
    const found = await call('thinMasks', 150, 20251122);
    expect(found).toEqual({
      masks: 150,
      deleted: expect.any(Number),
      otherVoxels: 0,
      otherBetti: 0,
      unequalRuns: 0,
    });
    expect(found.deleted).toBeGreaterThan(10_000);
  });

  test('thinning: tubes with many words', async () => {
    const timed = await call('timeThinning', 96);
    expect(timed.isSame).toBe(true);
    expect(timed.left).toBeLessThan(timed.voxels / 20);
  });
});
