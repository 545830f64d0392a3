import { KERNELS } from './kernels.generated';

/** The exports of assembly/: plain functions on addresses in one linear memory. */
export type KernelExports = Omit<typeof import('./exports.generated'), 'memory'>;

type Taken = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

type ArrayType<T extends Taken> = new (buffer: ArrayBuffer, at: number, length: number) => T;

/** What the static data of the module and its guard need; everything above is the arena. */
const ARENA_START = 65536;

/** Kernels may read this far before and behind what they were given. */
const GUARD = 64;

/** A memory that grew beyond this is dropped after the call: linear memory never shrinks. */
const KEPT_BYTES = 2 ** 28;

/** The kernels with their memory. Addresses are valid until the {@link withKernels} that gave them ends. */
export class Kernels {
  readonly run: KernelExports;
  private top = ARENA_START;

  private readonly memory = new WebAssembly.Memory({ initial: 2 });

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.run = exports as unknown as KernelExports;
  }

  /** Bytes of linear memory. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** Room for `bytes` bytes with any content, 16-byte aligned, with a guard on both sides. */
  scratch(bytes: number): number {
    const at = this.top + GUARD;
    this.top = at + 16 * Math.ceil(bytes / 16) + GUARD;
    const missing = this.top - this.size;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    return at;
  }

  /** Room for `bytes` bytes, all 0, guards included. */
  zeros(bytes: number): number {
    const at = this.scratch(bytes);
    new Uint8Array(this.memory.buffer, at - GUARD, this.top - at + GUARD).fill(0);
    return at;
  }

  /** A copy of an array in the kernels' memory, with zeros as guards. */
  put(array: Taken): number {
    const at = this.scratch(array.byteLength);
    const { buffer } = this.memory;
    new Uint8Array(buffer, at - GUARD, GUARD).fill(0);
    new Uint8Array(buffer, at, array.byteLength).set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
    new Uint8Array(buffer, at + array.byteLength, this.top - at - array.byteLength).fill(0);
    return at;
  }

  /** Write over what {@link put}, {@link zeros} or {@link scratch} gave. */
  write(at: number, array: Taken): void {
    new Uint8Array(this.memory.buffer, at, array.byteLength).set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  }

  /** Copy bytes within the memory. */
  copy(from: number, to: number, bytes: number): void {
    new Uint8Array(this.memory.buffer).copyWithin(to, from, from + bytes);
  }

  /** What lies at an address, until the memory grows. */
  view<T extends Taken>(at: number, length: number, type: ArrayType<T>): T {
    return new type(this.memory.buffer, at, length);
  }

  /** A copy of what lies at an address. */
  take<T extends Taken>(at: number, length: number, type: ArrayType<T>): T {
    return this.view(at, length, type).slice() as T;
  }

  /** Run a function and free all memory that it took. */
  during<T>(work: (kernels: Kernels) => T): T {
    const { top } = this;
    try {
      return work(this);
    } finally {
      this.top = top;
    }
  }

  /** Whether memory is given out. */
  get busy(): boolean {
    return this.top > ARENA_START;
  }
}

/** undefined: not compiled yet; null: can't be compiled here. */
let code: WebAssembly.Module | null | undefined;
let kept: Kernels | undefined;

/**
 * Run a function with the compiled kernels; all memory that it took is free again afterwards.
 *
 * @param plain the same in TypeScript, for places where WebAssembly can't be compiled: a Content-Security-Policy
 *   without `wasm-unsafe-eval`, or a browser without SIMD
 */
export function withKernels<T>(compiled: (kernels: Kernels) => T, plain: () => T): T {
  if (code === undefined) code = compile();
  if (code === null) return plain();
  const kernels = (kept ??= new Kernels(code));
  try {
    return kernels.during(compiled);
  } finally {
    if (!kernels.busy && kernels.size > KEPT_BYTES) kept = undefined;
  }
}

function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(KERNELS), (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}
