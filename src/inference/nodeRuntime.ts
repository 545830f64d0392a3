import { totalmem } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { memoryLimit } from './memoryLimit';
import type { Runtime } from './runtime';

/** ONNX Runtime in Node, on the processor; for benchmarks and tests. */
export function nodeRuntime(threads = 1): Runtime {
  const device = `${threads} processor thread${threads > 1 ? 's' : ''}`;
  return {
    InferenceSession,
    Tensor,
    processor: {
      backend: { name: 'cpu', threads, device },
      options: { executionProviders: ['cpu'], intraOpNumThreads: threads, logSeverityLevel: 3 },
    },
    requestGpu: async () => 'WebGPU is a part of browsers; here the processor is used.',
    memoryLimit: memoryLimit(totalmem() / 2 ** 30),
    heapBytes: () => 0,
  };
}
