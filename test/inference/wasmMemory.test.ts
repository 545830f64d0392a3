import { expect, test } from '@jest/globals';
import { watchWasmMemory } from '@vessels/inference/wasmMemory';

test('memories made later are counted, at the size that they have grown to', () => {
  const page = 65536;
  const bytes = watchWasmMemory();
  expect(bytes()).toBe(0);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 8 });
  expect(memory).toBeInstanceOf(WebAssembly.Memory);
  expect(bytes()).toBe(2 * page);
  memory.grow(3);
  new WebAssembly.Memory({ initial: 1 });
  expect(bytes()).toBe(6 * page);
});
