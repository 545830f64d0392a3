/**
 * Run a model on a tile by onnxruntime-web's WASM, in a process of its own: the number of threads counts once.
 *
 *   node wasmAnswer.mjs MODEL.onnx EDGE THREADS TILE ANSWER     TILE and ANSWER: raw 32-bit floats
 */
import fs from 'node:fs';
import * as ort from 'onnxruntime-web';

const [model, edge, threads, from, to] = process.argv.slice(2);
ort.env.wasm.numThreads = Number(threads);
const session = await ort.InferenceSession.create(fs.readFileSync(model), {
  executionProviders: ['wasm'],
});
const shape = [1, 1, Number(edge), Number(edge), Number(edge)];
const tile = new Float32Array(new Uint8Array(fs.readFileSync(from)).buffer);
const results = await session.run({
  [session.inputNames[0]]: new ort.Tensor('float32', tile, shape),
});
fs.writeFileSync(to, new Uint8Array(results[session.outputNames[0]].data.buffer));
process.exit(0);
