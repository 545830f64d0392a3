import { expect, jest, test } from '@jest/globals';
import { allocate, checkLimits, inWords, USAGE } from '@vessels/webgpu/buffers';
import { compile } from '@vessels/webgpu/compile';
import { watchBuffers } from '@vessels/webgpu/memory';

const MEGABYTE = 2 ** 20;
const LIMITS = { maxBufferSize: 4 * MEGABYTE, maxStorageBufferBindingSize: MEGABYTE };

test('what is larger than a device allows is refused with the numbers', () => {
  const of = (size: number, usage: number) => ({ slab: { size, usage } });
  checkLimits(of(4 * MEGABYTE, USAGE.mapRead), LIMITS);
  checkLimits(of(MEGABYTE, USAGE.storage), LIMITS);
  expect(() => checkLimits(of(3 * MEGABYTE, USAGE.storage), LIMITS)).toThrow(
    expect.objectContaining({
      kind: 'limit',
      message: 'the slab needs 3.0 MB in one buffer, and the device allows 1.0 MB',
    }),
  );
});

test.each([
  [0, 4],
  [4, 4],
  [5, 8],
])('%i bytes take %i', (bytes, whole) => expect(inWords(bytes)).toBe(whole));

/** A device that answers to its error scopes with these messages, the last one first. */
function fakeDevice(errors: readonly (string | null)[]) {
  const left = [...errors];
  const buffers: { destroy: jest.Mock }[] = [];
  const device = {
    limits: LIMITS,
    pushErrorScope: () => undefined,
    popErrorScope: async () => {
      const message = left.pop() ?? null;
      return message === null ? null : { message };
    },
    createBuffer: () => {
      const buffer = { destroy: jest.fn() };
      buffers.push(buffer);
      return buffer;
    },
    createShaderModule: () => ({}),
    createComputePipelineAsync: jest.fn(async () => 'pipeline'),
  };
  return { device: device as unknown as GPUDevice, buffers, fake: device };
}

const TWO = {
  first: { size: MEGABYTE, usage: USAGE.storage },
  second: { size: MEGABYTE, usage: USAGE.mapRead },
};

test('buffers are made together and destroyed together', async () => {
  const { device, buffers } = fakeDevice([]);
  const made = await allocate(device, TWO);
  expect(made.bytes).toBe(2 * MEGABYTE);
  expect([made.of.first, made.of.second]).toEqual(buffers);
  made.destroy();
  for (const { destroy } of buffers) expect(destroy).toHaveBeenCalledTimes(1);
});

test('where memory is short none of them is left', async () => {
  const { device, buffers } = fakeDevice([null, 'Out of memory.\nat Dawn']);
  await expect(allocate(device, TWO)).rejects.toMatchObject({
    kind: 'memory',
    message: '2.0 MB were not to be had: Out of memory',
  });
  expect(buffers).toHaveLength(2);
  for (const { destroy } of buffers) expect(destroy).toHaveBeenCalledTimes(1);
});

test('a shader that does not compile is named, with the first line of the compiler', async () => {
  await expect(compile(fakeDevice(['line 3: no\nmore']).device, '', 'blend')).rejects.toMatchObject(
    {
      kind: 'shader',
      message: 'the shader "blend" does not compile: line 3: no',
    },
  );
  const { device, fake } = fakeDevice([]);
  fake.createComputePipelineAsync.mockRejectedValueOnce(new Error('too many buffers.'));
  await expect(compile(device, '', 'blend')).rejects.toMatchObject({
    message: 'the shader "blend" does not compile: too many buffers',
  });
  expect(await compile(device, '', 'blend')).toBe('pipeline');
});

test('buffers that are alive are counted, each destroyed once', () => {
  const { device } = fakeDevice([]);
  const alive = watchBuffers(device);
  const [a, b] = [10, 20].map((size) => device.createBuffer({ size, usage: 0 }));
  expect(alive()).toEqual({ bytes: 30, count: 2 });
  a!.destroy();
  a!.destroy();
  expect(alive()).toEqual({ bytes: 20, count: 1 });
  b!.destroy();
  expect(alive()).toEqual({ bytes: 0, count: 0 });
});
