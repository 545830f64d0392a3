// Compares onnxruntime's answer with torch's: node parity.mjs MODEL.onnx CHECK_FOLDER
// CHECK_FOLDER is written by export.py --check.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as ort from 'onnxruntime-node';

const [model, folder] = process.argv.slice(2);
const floats = (name) => {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};
const session = await ort.InferenceSession.create(model);
const edge = Math.cbrt(floats('image.f32').length);
const image = new ort.Tensor('float32', floats('image.f32'), [1, 1, edge, edge, edge]);
const started = performance.now();
const { probability } = await session.run({ image });
const milliseconds = performance.now() - started;
const expected = floats('probability.f32');
let largest = 0;
let flips = 0;
expected.forEach((p, i) => {
  largest = Math.max(largest, Math.abs(p - probability.data[i]));
  flips += Number(p > 0.5 !== probability.data[i] > 0.5);
});
console.log(
  `largest difference ${largest.toExponential(2)}, ${flips} of ${expected.length} labels differ, ` +
    `${milliseconds.toFixed(0)} ms`,
);
process.exitCode = largest < 1e-4 ? 0 : 1;
