import { expect, test } from '@jest/globals';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { readOnnx, writeOnnx, type OnnxModel } from '@vessels/inference/onnx/file';
import { declareShape } from '@vessels/inference/onnx/shapes';
import { inspectModel } from '@vessels/workers/inspectModel';
import { manifest, tiny } from '../inference/helpers/models';

const file = tiny.bytes.slice().buffer;

/** The test net with something changed in it, and its SHA-256. */
function changed(change: (model: OnnxModel) => void) {
  const model = readOnnx(tiny.bytes, 'tiny.onnx');
  change(model);
  const bytes = writeOnnx(model);
  return {
    file: bytes.slice().buffer,
    manifest: manifest({ sha256: bytesToHex(sha256(bytes)) }),
  };
}

test('the test net can be taken', async () => {
  await expect(inspectModel({ manifest: tiny.manifest, file })).resolves.toBeUndefined();
});

test.each([
  ['model.sha256', { file: new ArrayBuffer(4), manifest: tiny.manifest }],
  ['model.names', { file, manifest: manifest({ input: 'other' }) }],
  ['model.shape', { file, manifest: manifest({ patch: [8, 16, 16] }) }],
  ['onnx.opset', changed(({ opsetImport }) => (opsetImport[0].version = 8n))],
  ['onnx.operator', changed(({ graph }) => (graph.node[0].opType = 'Loop'))],
  ['onnx.dynamic', changed(({ graph }) => declareShape(graph.input[0], [1, 1, 0, 16, 16]))],
])('%s', async (code, model) => {
  await expect(inspectModel(model)).rejects.toMatchObject({ name: 'InputError', code });
});
