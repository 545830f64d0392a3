import type { BackendChoice } from './backend';
import type { Gpu } from './runtime';

/** Limits that a net may need beyond the guaranteed ones; asked for as high as the adapter goes. */
const LIMITS = Object.freeze([
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const);

/** Features that ONNX Runtime uses where they are, and a clock for the steps of tiles. */
const FEATURES: readonly GPUFeatureName[] = Object.freeze([
  'shader-f16',
  'subgroups',
  'timestamp-query',
]);

/** Adapters that compute on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

/**
 * A WebGPU device with the adapter's own limits, or the reason why WebGPU is not used, in one sentence.
 *
 * A software adapter is many times slower than WASM, so it is taken only when WebGPU was asked for by name.
 */
export async function requestGpu(choice: BackendChoice): Promise<Gpu | string> {
  if (choice === 'wasm') return 'WebGPU is switched off in the configuration.';
  if (!globalThis.isSecureContext)
    return 'Browsers offer WebGPU on https and localhost only, and this page is on neither.';
  if (!navigator.gpu) return 'This browser has no WebGPU.';
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return 'The browser has WebGPU but found no graphics processor for it.';

  const { info, limits, features } = adapter;
  const name = [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const isSoftware =
    !!info.isFallbackAdapter || SOFTWARE.test(`${name} ${info.device} ${info.description}`);
  if (isSoftware && choice !== 'webgpu')
    return `The only WebGPU adapter (${name}) is software, which is slower than WASM.`;
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
    });
    return { device, name, isSoftware };
  } catch {
    return `The graphics processor (${name}) did not open a WebGPU device.`;
  }
}
