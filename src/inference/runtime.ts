/// <reference types="@webgpu/types" />
import type { InferenceSession, InferenceSessionFactory, TensorConstructor } from 'onnxruntime-web';
import type { Backend, BackendChoice } from './backend';

/** A WebGPU device of our own for ONNX Runtime. */
export interface Gpu {
  readonly device: GPUDevice;
  /** Vendor and architecture. */
  readonly name: string;
  /** Whether it computes on the processor. */
  readonly isSoftware: boolean;
}

/** ONNX Runtime as the sessions use it: onnxruntime-web in a browser, onnxruntime-node elsewhere. */
export interface Runtime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
  /** How a session runs without a GPU. */
  readonly processor: {
    readonly backend: Omit<Backend, 'reason'>;
    readonly options: InferenceSession.SessionOptions;
  };
  /** A new device, or why there is none, in one sentence. */
  requestGpu(choice: BackendChoice): Promise<Gpu | string>;
  /** Memory that a run may take here, bytes. */
  readonly memoryLimit: number;
  /** Length of ONNX Runtime's WebAssembly memory, bytes; 0 where it cannot be told. It never shrinks. */
  heapBytes(): number;
}
