const { TestEnvironment } = require('jest-environment-node');

/**
 * Node's environment with the outer realm's typed arrays: onnxruntime-node checks `instanceof` against
 * the realm that loaded its native binding, and Jest's sandbox would otherwise have classes of its own.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of ['ArrayBuffer', 'Float32Array', 'Uint8Array', 'Int32Array', 'BigInt64Array'])
      this.global[name] = globalThis[name];
  }
};
