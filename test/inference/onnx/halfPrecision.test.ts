import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { TensorProto_DataType } from 'onnx-buf';
import { readOnnx, writeOnnx } from '@vessels/inference/onnx/file';
import { toFloat16 } from '@vessels/inference/onnx/float16';
import { toHalfPrecision } from '@vessels/inference/onnx/halfPrecision';
import { floatsOf } from '@vessels/inference/onnx/tensors';
import { xorshift } from '../../helpers/masks';
import { tiny } from '../helpers/models';
import { oneNodeModel } from '../helpers/onnx';

const ROOT = path.resolve(__dirname, '../../..');

test.each([
  [0, 0],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000], // halfway, to even
  [1.5 * 2 ** -24, 0x0002],
  [1 + 2 ** -11, 0x3c00], // halfway, to even
  [1 + 3 * 2 ** -11, 0x3c02],
  [2 - 2 ** -12, 0x4000], // carried into the exponent
  [2 ** -14 - 2 ** -26, 0x0400], // carried out of the smallest
])('%d as a half float', (value, bits) => {
  expect(toFloat16(Float32Array.of(value))).toEqual(Uint16Array.of(bits));
});

test.each([65505, -1e9, Infinity, NaN])('%d is no half float', (value) => {
  expect(toFloat16(Float32Array.of(0, value))).toBeUndefined();
});

async function run(bytes: Uint8Array, tile: Float32Array, sizes: readonly number[]) {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const { probability } = await session.run({
    image: new Tensor('float32', tile, [1, 1, ...sizes]),
  });
  await session.release();
  return probability!;
}

describe('nets with 16 bits', () => {
  test.each([
    ['tiny.onnx', tiny.bytes, 16],
    ...['vessels-mra', 'vessels-cta'].map(
      (id) =>
        [id, new Uint8Array(fs.readFileSync(path.join(ROOT, `models/${id}.onnx`))), 64] as const,
    ),
  ])('%s answers as with 32, nearly', async (file, bytes, size) => {
    const model = toHalfPrecision(readOnnx(bytes, file))!;
    const converted = writeOnnx(model);
    expect(converted.length).toBeLessThan(bytes.length + 2000);
    const isHalf = model.graph.initializer.filter(
      ({ dataType }) => dataType === TensorProto_DataType.FLOAT16,
    );
    expect(isHalf.length).toBeGreaterThan(0);

    const next = xorshift(3);
    const tile = Float32Array.from({ length: size ** 3 }, () => 2 * next() - 0.5);
    const sizes = [size, size, size];
    const [expected, found] = [await run(bytes, tile, sizes), await run(converted, tile, sizes)];
    expect(found.type).toBe('float32');
    expect(found.dims).toEqual(expected.dims);
    const [a, b] = [expected.data as Float32Array, found.data as Float32Array];
    const greatest = a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);
    expect(greatest).toBeGreaterThan(0);
    expect(greatest).toBeLessThan(0.03);
  });

  test('weights that have no place in 16 bits keep the net as it is', () => {
    const model = readOnnx(tiny.bytes, 'tiny.onnx');
    const weight = model.graph.initializer.find((tensor) => floatsOf(tensor))!;
    const values = floatsOf(weight)!.slice();
    values[0] = 1e6;
    weight.rawData = new Uint8Array(values.buffer);
    weight.floatData = [];
    expect(toHalfPrecision(model)).toBeUndefined();
  });

  test('a net without anything to halve stays as it is', () => {
    const model = readOnnx(oneNodeModel('Sigmoid', [1, 1, 2, 2, 2]), 'sigmoid.onnx');
    expect(toHalfPrecision(model)).toBeUndefined();
  });
});
