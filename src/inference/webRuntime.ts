import * as ort from 'onnxruntime-web/webgpu';
import { requestGpu } from './gpu';
import { memoryLimit } from './memoryLimit';
import type { Runtime } from './runtime';
import { watchWasmMemory } from './wasmMemory';

/** More threads gain little on these nets and starve the viewer. */
const MAX_THREADS = 4;

/**
 * ONNX Runtime in a browser. This is the one place that imports it.
 *
 * WASM threads need cross-origin isolation and are used where it is; nothing requires it.
 *
 * @param base absolute URL of the folder with ONNX Runtime's .mjs and .wasm, same origin
 */
export function webRuntime(base: string): Runtime {
  const { wasm } = ort.env;
  const threads = globalThis.crossOriginIsolated
    ? Math.min(MAX_THREADS, navigator.hardwareConcurrency)
    : 1;
  wasm.wasmPaths = base;
  wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return {
    InferenceSession: ort.InferenceSession,
    Tensor: ort.Tensor,
    processor: {
      backend: {
        name: 'wasm',
        threads,
        device: `${threads} processor thread${threads > 1 ? 's' : ''}`,
      },
      options: { executionProviders: ['wasm'], logSeverityLevel: 3 },
    },
    requestGpu,
    memoryLimit: memoryLimit((navigator as { readonly deviceMemory?: number }).deviceMemory),
    heapBytes: watchWasmMemory(),
  };
}
