import { describe, expect, test } from '@jest/globals';
import { infer } from '@vessels/inference/infer';
import type { ModelManifest } from '@vessels/inference/manifest';
import { memoryLimit } from '@vessels/inference/memoryLimit';
import { openNetwork } from '@vessels/inference/network';
import { NetworkCache } from '@vessels/inference/networkCache';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import { planRun, runBytes } from '@vessels/inference/plan';
import { manifest, tiny, volumeOf } from './helpers/models';

const MACHINE = {
  spacing: [1, 1, 1],
  voxelBytes: 4,
  backend: { name: 'wasm', threads: 2, device: '2 processor threads' } as const,
  secondsPerTile: 0.5,
  runtimeBytes: 1000,
  memoryLimit: 4 * 2 ** 30,
} as const;

describe('a plan', () => {
  test('counts the tiles, their time and the memory', () => {
    const plan = planRun(manifest({ patch: [16, 16, 16], overlap: [4, 4, 4] }), {
      ...MACHINE,
      dims: [40, 16, 28],
    });
    // 40 voxels take three tiles of 16 that overlap by 4 or more, 16 take one, 28 take two.
    expect(plan).toMatchObject({ tiles: 6, seconds: 3, patch: [16, 16, 16], overlap: [4, 4, 4] });
    const voxels = 40 * 16 * 28;
    const window = 2 * 40 * 16 * 16;
    const tiles = 2 * 4 * 16 ** 3;
    expect(plan.bytes).toBe(1000 + 4 * voxels + voxels + window + tiles);
  });

  test('of a model with a coarse pass counts its tiles and arrays', () => {
    const size = { patch: [16, 16, 16], overlap: [4, 4, 4] } satisfies Partial<ModelManifest>;
    const dims = [40, 16, 28] as const;
    const [once, twice] = [{}, { coarse: true } as const].map((more) =>
      planRun(manifest({ ...size, ...more }), { ...MACHINE, dims }),
    );
    // The coarse grid is 20×8×14: two tiles.
    expect(twice.tiles).toBe(once.tiles + 2);
    expect(twice.bytes).toBe(once.bytes + (4 + 1) * 20 * 8 * 14);
  });

  test('takes no more memory for more tiles of the same volume', () => {
    const at = (overlap: number) =>
      planRun(manifest({ overlap: [overlap, overlap, overlap] }), {
        ...MACHINE,
        dims: [64, 64, 64],
      });
    expect(at(12).tiles).toBeGreaterThan(at(1).tiles);
    expect(at(12).bytes).toBe(at(1).bytes);
  });

  test('counts the tiles of the grid that the net sees, and the runs of mirrored tiles', () => {
    const plan = (changes: Partial<ModelManifest>) =>
      planRun(manifest({ patch: [16, 16, 16], overlap: [8, 8, 8], ...changes }), {
        ...MACHINE,
        dims: [16, 16, 16],
        spacing: [1, 1, 0.5],
      });
    expect(plan({})).toMatchObject({ tiles: 1, seconds: 0.5 });
    // 32 × 32 × 16 voxels: tiles at 0, 8 and 16 along x and y.
    expect(plan({ spacing: [0.5, 0.5, 0.5] })).toMatchObject({ tiles: 9, seconds: 4.5 });
    expect(plan({ mirror: ['x', 'y', 'z'] })).toMatchObject({ tiles: 1, seconds: 4 });
    expect(plan({ spacing: [0.5, 0.5, 0.5] }).bytes).toBeGreaterThan(plan({}).bytes);
  });

  const GPU = {
    bytes: 5000,
    limits: { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 27 },
  };
  const onGpu = (dims: readonly [number, number, number], more: Partial<ModelManifest> = {}) =>
    planRun(manifest({ patch: [16, 16, 16], overlap: [4, 4, 4], ...more }), {
      ...MACHINE,
      dims,
      gpu: GPU,
    });

  test('counts what the GPU holds: the network, and a layer of the image with its sums', () => {
    const voxels = 64 * 48 * 16;
    const { gpuBytes, backend } = onGpu([64, 48, 100]);
    const slabSumsAndBytes = (4 + 2 + 1) * voxels;
    expect(gpuBytes).toBeGreaterThan(GPU.bytes + slabSumsAndBytes);
    expect(gpuBytes).toBeLessThan(GPU.bytes + 2 * slabSumsAndBytes);
    // ten times the slices: more weights, nothing else
    expect(onGpu([64, 48, 1000]).gpuBytes).toBeLessThan(1.02 * gpuBytes!);
    expect(backend).toBe(MACHINE.backend);
    expect(planRun(manifest(), { ...MACHINE, dims: [64, 48, 100] }).gpuBytes).toBeUndefined();
  });

  test('sends tiles to the GPU one by one where a layer has no room, and says why', () => {
    // 1500 × 1500 × 16 voxels of 4 bytes
    expect(onGpu([1500, 1500, 20])).toMatchObject({
      gpuBytes: GPU.bytes,
      backend: {
        reason:
          'Tiles go to WebGPU one by one: the image needs 137.3 MB in one buffer, and the device allows 128.0 MB.',
      },
    });
    // models with scores are run tile by tile anyway
    expect(onGpu([1500, 1500, 20], { mirror: ['x'] })).toMatchObject({
      gpuBytes: GPU.bytes,
      backend: MACHINE.backend,
    });
  });

  test('that does not fit is refused with the numbers', () => {
    const dims = [1024, 1024, 1024] as const;
    expect(() => planRun(manifest(), { ...MACHINE, dims })).toThrow(
      expect.objectContaining({
        code: 'plan.memory',
        message: expect.stringMatching(/1024×1024×1024 voxels needs 7\.0 GB.*about 4\.0 GB/),
      }),
    );
  });

  test('tells the bytes that a run makes', async () => {
    const volume = volumeOf([20, 20, 16], (x) => x);
    const network = await openNetwork(tiny.bytes, tiny.manifest, nodeRuntime());
    const { bytes } = await infer(volume, tiny.manifest, network);
    await network.release();
    const planned = runBytes(tiny.manifest, volume.geometry, 4);
    expect(planned).toBe(bytes + volume.data.byteLength);
  });
});

test('the memory that may be taken is a share of what there is, else the usual', () => {
  expect(memoryLimit(8)).toBe(6 * 2 ** 30);
  expect(memoryLimit(undefined)).toBe(4 * 2 ** 30);
});

test('a tile is timed once for each network, warm', async () => {
  const networks = new NetworkCache(nodeRuntime());
  const network = await networks.open({ manifest: tiny.manifest, backend: 'auto' }, tiny.bytes);
  let runs = 0;
  const counted = {
    ...network,
    run: (tile: Float32Array) => {
      runs++;
      return network.run(tile);
    },
  };
  const seconds = await networks.secondsPerTile(counted, tiny.manifest);
  expect(seconds).toBeGreaterThan(0);
  expect(await networks.secondsPerTile(counted, tiny.manifest)).toBe(seconds);
  expect(runs).toBe(2);
  await networks.release();
});
