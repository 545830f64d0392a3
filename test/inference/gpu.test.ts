import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { requestGpu } from '@vessels/inference/gpu';

const LIMITS = { maxBufferSize: 4e9, maxStorageBufferBindingSize: 2e9, maxBindGroups: 4 };

/** An adapter as browsers describe it. */
const adapter = (info: Partial<GPUAdapterInfo>, device: unknown = {}) => ({
  info: { vendor: '', architecture: '', device: '', description: '', ...info },
  limits: LIMITS,
  features: new Set(['shader-f16', 'timestamp-query']),
  requestDevice: jest.fn(async (_asked: GPUDeviceDescriptor) => {
    if (device instanceof Error) throw device;
    return device;
  }),
});

/** A browser with this answer to requestAdapter; without one, it has no WebGPU. */
function browser(answer?: unknown, isSecureContext = true) {
  const gpu = { requestAdapter: async () => answer };
  const navigator = answer === undefined ? {} : { gpu };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  Object.defineProperty(globalThis, 'isSecureContext', {
    value: isSecureContext,
    configurable: true,
  });
}

const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
beforeEach(() => browser());
afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'navigator', before);
});

test('a device has the limits of its adapter and the features that help', async () => {
  const device = {};
  const found = adapter({ vendor: 'nvidia', architecture: 'hopper' }, device);
  browser(found);
  expect(await requestGpu('auto')).toEqual({
    device,
    name: 'nvidia hopper',
    isSoftware: false,
  });
  expect(found.requestDevice).toHaveBeenCalledWith({
    requiredFeatures: ['shader-f16', 'timestamp-query'],
    requiredLimits: expect.objectContaining({ maxStorageBufferBindingSize: 2e9 }),
  });
});

test.each([
  ['no WebGPU', () => browser(), /has no WebGPU/],
  ['a page that is not secure', () => browser(adapter({}), false), /https and localhost only/],
  ['no adapter', () => browser(null), /no graphics processor/],
  [
    'a software adapter',
    () => browser(adapter({ vendor: 'google', architecture: 'swiftshader' })),
    /\(google swiftshader\) is software/,
  ],
  [
    'an adapter that calls itself a fallback',
    () => browser(adapter({ vendor: 'x', isFallbackAdapter: true })),
    /is software/,
  ],
  [
    'an adapter without a device',
    () => browser(adapter({ vendor: 'intel' }, new Error('no'))),
    /\(intel\) did not open/,
  ],
])('%s is told in one sentence', async (_, make, text) => {
  make();
  const reason = await requestGpu('auto');
  expect(reason).toMatch(text);
  expect(reason).toMatch(/^[A-Z].*\.$/);
});

test('a software adapter is taken when WebGPU is asked for by name, none when WASM is', async () => {
  browser(adapter({ vendor: 'google', architecture: 'swiftshader' }));
  expect(await requestGpu('webgpu')).toMatchObject({
    name: 'google swiftshader',
    isSoftware: true,
  });
  expect(await requestGpu('wasm')).toMatch(/switched off/);
});
