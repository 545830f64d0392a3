/** What runs the network, and why not something faster. */
export interface Backend {
  /** `cpu` is ONNX Runtime outside a browser. */
  readonly name: 'webgpu' | 'wasm' | 'cpu';
  readonly threads: number;
  /** Adapter (vendor and architecture) or processor threads: what a user may read. */
  readonly device: string;
  /** Why WebGPU is not used, or what happened to it, in one sentence. */
  readonly reason?: string;
}

/** `wasm` leaves WebGPU alone; `webgpu` takes even a software adapter; `auto` takes what should be fastest. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** A GPU that works, but not for whole layers of tiles, and why. */
export const tileByTile = (backend: Backend, reason: string): Backend => {
  const told = `Tiles go to WebGPU one by one: ${reason}.`;
  return { ...backend, reason: backend.reason ? `${backend.reason} ${told}` : told };
};
