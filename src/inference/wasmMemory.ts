/**
 * Keep note of the WebAssembly memories made from now on in this worker: ONNX Runtime makes its own and offers no
 * way to ask for its size.
 *
 * @returns reads the bytes of all of them
 */
export function watchWasmMemory(): () => number {
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(target, args: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...args);
      memories.push(memory);
      return memory;
    },
  });
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
