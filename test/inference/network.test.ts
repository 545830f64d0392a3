import { describe, expect, jest, test } from '@jest/globals';
import { exclusively } from '@vessels/inference/exclusive';
import type { ModelManifest } from '@vessels/inference/manifest';
import { openNetwork } from '@vessels/inference/network';
import { nodeRuntime } from '@vessels/inference/nodeRuntime';
import type { Gpu, Runtime } from '@vessels/inference/runtime';
import { manifest, tiny } from './helpers/models';
import { oneNodeModel } from './helpers/onnx';

const runtime = nodeRuntime();
const open = (bytes: Uint8Array, of: ModelManifest = manifest()) => openNetwork(bytes, of, runtime);
const runOnce = async (bytes: Uint8Array, value: number) => {
  const network = await open(bytes, manifest({ patch: [4, 3, 2], overlap: [1, 1, 1] }));
  return network.run(new Float32Array(24).fill(value)).finally(() => network.release());
};
const SHAPE = [1, 1, 2, 3, 4];

test('the tiny net computes what its name says', async () => {
  const network = await open(tiny.bytes);
  const result = await network.run(new Float32Array(16 ** 3).fill(0.6));
  const inside = 8 + 16 * (8 + 16 * 8);
  expect(result[inside]).toBeCloseTo(1 / (1 + Math.exp(-20 * 0.1)), 5);
  expect(result[0]).toBeCloseTo(1 / (1 + Math.exp(-20 * ((0.6 * 8) / 27 - 0.5))), 5);
  expect(network.backend).toMatchObject({ name: 'cpu', threads: 1 });
  await network.release();
});

test('tensors are [1, 1, z, y, x]', async () => {
  expect([...(await runOnce(oneNodeModel('Identity', SHAPE), 0.25))]).toEqual(Array(24).fill(0.25));
});

test('a foreign file is no model', async () => {
  await expect(open(new TextEncoder().encode('<!doctype html>'))).rejects.toMatchObject({
    code: 'model.unreadable',
    message: expect.stringContaining('tiny.onnx'),
  });
});

test.each([
  ['model.names', manifest({ input: 'x' }), 'names the input "x", but the model has image'],
  ['model.names', manifest({ output: 'y' }), 'names the output "y", but the model has probability'],
  ['model.shape', manifest({ patch: [16, 16, 8] }), '1×1×16×16×16 where the manifest'],
])('a manifest that does not fit the model: %s', async (code, wrong, text) => {
  await expect(open(tiny.bytes, wrong)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(text),
  });
});

test('an output of another type or shape, NaN, and what is no probability are refused', async () => {
  const nan = runOnce(oneNodeModel('Sqrt', SHAPE), -1);
  await expect(nan).rejects.toMatchObject({ code: 'model.not-finite' });
  const range = runOnce(oneNodeModel('Identity', SHAPE), 7);
  await expect(range).rejects.toMatchObject({ code: 'model.range' });
  const shape = runOnce(oneNodeModel('GlobalAveragePool', SHAPE, [1, 1, 1, 1, 1]), 1);
  await expect(shape).rejects.toMatchObject({ code: 'model.shape' });
});

test('one thing at a time', async () => {
  const log: string[] = [];
  const slow = exclusively(async () => {
    await new Promise((done) => setTimeout(done, 5));
    log.push('first');
    throw new Error('failed');
  });
  const next = exclusively(async () => log.push('second'));
  await expect(slow).rejects.toThrow('failed');
  await next;
  expect(log).toEqual(['first', 'second']);
});

/** GPUs that run what the processor would, each until it is told to fail; then the next one is found. */
function fakeGpus(count: number) {
  const devices = Array.from({ length: count }, () => {
    let fail: (info: { message: string }) => void = () => undefined;
    const device = Object.assign(new EventTarget(), {
      lost: new Promise((resolve) => (fail = resolve)),
      destroy: jest.fn(),
      features: new Set(['shader-f16']),
      // enough for shaders to compile
      createBuffer: () => undefined,
      pushErrorScope: () => undefined,
      popErrorScope: async () => null,
      createShaderModule: () => ({}),
      createComputePipelineAsync: async () => ({}),
    });
    return { device, fail: (message: string) => fail({ message }) };
  });
  let next = 0;
  const withGpus: Runtime = {
    ...runtime,
    requestGpu: async () =>
      next < count
        ? {
            device: devices[next++]!.device as unknown as Gpu['device'],
            name: `fake ${next}`,
            isSoftware: true,
          }
        : 'There is no graphics processor any more.',
    InferenceSession: {
      create: ((bytes: Uint8Array) =>
        runtime.InferenceSession.create(
          bytes,
          runtime.processor.options,
        )) as Runtime['InferenceSession']['create'],
    },
  };
  return { devices, withGpus };
}

test('a GPU is used when there is one', async () => {
  const { withGpus, devices } = fakeGpus(1);
  const network = await openNetwork(tiny.bytes, manifest(), withGpus);
  expect(network.backend).toEqual({ name: 'webgpu', threads: 1, device: 'fake 1' });
  await network.release();
  expect(devices[0]!.device.destroy).toHaveBeenCalled();
});

describe('with 16 bits', () => {
  const tile = new Float32Array(16 ** 3).fill(0.5);
  const halfPrecision = true as const;

  test('a net runs where its manifest and the device allow it, and answers nearly the same', async () => {
    const [whole, half] = await Promise.all([
      openNetwork(tiny.bytes, manifest(), fakeGpus(1).withGpus),
      openNetwork(tiny.bytes, manifest({ halfPrecision }), fakeGpus(1).withGpus),
    ]);
    expect([whole.backend.device, half.backend.device]).toEqual(['fake 1', 'fake 1, 16 bits']);
    const [a, b] = [await whole.run(tile), await half.run(tile)];
    const greatest = a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);
    expect(greatest).toBeGreaterThan(0);
    expect(greatest).toBeLessThan(0.02);
    const { withGpus, devices } = fakeGpus(1);
    devices[0]!.device.features.clear();
    const without = await openNetwork(tiny.bytes, manifest({ halfPrecision }), withGpus);
    expect(without.backend.device).toBe('fake 1');
  });

  test('a device that cannot is followed by one with 32', async () => {
    const { withGpus, devices } = fakeGpus(2);
    devices[0]!.fail('no half floats after all');
    const network = await openNetwork(tiny.bytes, manifest({ halfPrecision }), withGpus);
    expect(network.backend).toEqual({ name: 'webgpu', threads: 1, device: 'fake 2' });
    expect(devices[0]!.device.destroy).toHaveBeenCalled();
  });
});

test('a GPU that is lost is asked for once again, then the processor goes on; no tile is lost', async () => {
  const { withGpus, devices } = fakeGpus(3);
  const network = await openNetwork(tiny.bytes, manifest(), withGpus);
  const tile = new Float32Array(16 ** 3).fill(0.5);
  const before = await network.run(tile);

  devices[0]!.fail('unplugged');
  expect(await network.run(tile)).toEqual(before);
  expect(network.lostGpu).toBe(false);
  expect(devices[0]!.device.destroy).toHaveBeenCalled();
  expect(network.backend).toEqual({
    name: 'webgpu',
    threads: 1,
    device: 'fake 2',
    reason: 'WebGPU (fake 1) failed once during the run: unplugged; a new device went on.',
  });

  devices[1]!.fail('unplugged again');
  expect(await network.run(tile)).toEqual(before);
  expect(network.lostGpu).toBe(true);
  expect(devices[1]!.device.destroy).toHaveBeenCalled();
  expect(network.backend).toMatchObject({
    name: 'cpu',
    reason: 'WebGPU (fake 1) failed during the run: unplugged again.',
  });
  await network.release();
});

test('where no new device is found the processor goes on at once', async () => {
  const { withGpus, devices } = fakeGpus(1);
  const network = await openNetwork(tiny.bytes, manifest(), withGpus);
  const tile = new Float32Array(16 ** 3).fill(0.5);
  const before = await network.run(tile);
  devices[0]!.fail('unplugged');
  expect(await network.run(tile)).toEqual(before);
  expect(network.backend.name).toBe('cpu');
  await network.release();
});

test('a new device that cannot run the model is left, and the processor goes on', async () => {
  const { withGpus, devices } = fakeGpus(2);
  const network = await openNetwork(tiny.bytes, manifest(), withGpus);
  const tile = new Float32Array(16 ** 3).fill(0.5);
  const before = await network.run(tile);
  devices[1]!.fail('broken');
  devices[0]!.fail('unplugged');
  expect(await network.run(tile)).toEqual(before);
  expect(devices[1]!.device.destroy).toHaveBeenCalled();
  expect(network.backend).toMatchObject({
    name: 'cpu',
    reason: 'WebGPU (fake 1) failed during the run: unplugged.',
  });
  await network.release();
});

test('a GPU that cannot run the model at all is left alone', async () => {
  const { withGpus, devices } = fakeGpus(1);
  devices[0]!.fail('no such shader');
  const network = await openNetwork(tiny.bytes, manifest(), withGpus);
  expect(network.backend).toMatchObject({
    name: 'cpu',
    reason: 'WebGPU (fake 1) cannot run this model: no such shader.',
  });
  expect(network.lostGpu).toBe(false);
  await network.release();
});
