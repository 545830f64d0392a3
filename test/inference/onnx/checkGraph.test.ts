import { expect, test } from '@jest/globals';
import { TensorProto_DataLocation, TensorProto_DataType } from 'onnx-buf';
import { checkGraph, checkStatic, endsOf } from '@vessels/inference/onnx/checkGraph';
import { readOnnx, writeOnnx } from '@vessels/inference/onnx/file';
import { floatTensor } from '@vessels/inference/onnx/tensors';
import { tiny } from '../helpers/models';
import { modelOf, node, tensor, type Parts } from './graphs';

const SHAPE = [1, 1, 4, 4, 4];
const WEIGHT = floatTensor('w', [1, 1, 1, 1, 1], Float32Array.of(1));
const conv = node('Conv', ['image', 'w'], 'logits');
const with_ = (parts: Partial<Parts>) =>
  modelOf({ nodes: [conv], weights: [WEIGHT], input: SHAPE, output: SHAPE, ...parts });

const refusal = (work: () => unknown): { code: string; message: string } => {
  try {
    work();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('was not refused');
};

test('a net of known operators passes, also after it was written and read', () => {
  const model = readOnnx(writeOnnx(with_({})), 'net.onnx');
  expect(() => checkGraph(model, 'net.onnx')).not.toThrow();
  expect(endsOf(model, 'net.onnx')).toEqual({ input: 'image', output: 'logits' });
  expect(() => checkStatic(model, endsOf(model, 'net.onnx'), 'net.onnx')).not.toThrow();
});

test('the test net passes', () => {
  expect(() => checkGraph(readOnnx(tiny.bytes, 'tiny.onnx'), 'tiny.onnx')).not.toThrow();
});

test.each([
  ['text', new TextEncoder().encode('<html>')],
  ['nothing', new Uint8Array()],
  ['a file that is cut off', tiny.bytes.subarray(0, tiny.bytes.length - 20)],
])('%s is no model', (_, bytes) => {
  expect(refusal(() => readOnnx(bytes, 'net.onnx'))).toMatchObject({ code: 'onnx.unreadable' });
});

const UPSAMPLING = floatTensor('w', [1, 1, 2, 2, 2], new Float32Array(8));
const GROUPED = floatTensor('w', [2, 1, 1, 1, 1], new Float32Array(2));
const OUTSIDE = {
  ...floatTensor('w', [1, 1, 1, 1, 1], Float32Array.of(1)),
  dataLocation: TensorProto_DataLocation.EXTERNAL,
};

test.each<[string, Partial<Parts>, string, RegExp]>([
  ['an old opset', { opset: 9 }, 'onnx.opset', /opset 9 of ONNX, and 11 to 21/],
  ['a new opset', { opset: 99 }, 'onnx.opset', /opset 99/],
  ['a loop', { nodes: [node('Loop', ['image'], 'logits')] }, 'onnx.operator', /Loop .*iterations/],
  ['the unknown', { nodes: [node('LSTM', ['image'], 'logits')] }, 'onnx.operator', /LSTM .*never/],
  [
    'another domain',
    { nodes: [{ ...conv, domain: 'com.microsoft' }] },
    'onnx.operator',
    /domain com\.microsoft/,
  ],
  [
    'a transposed convolution',
    { nodes: [node('ConvTranspose', ['image', 'w'], 'logits')], weights: [UPSAMPLING] },
    'onnx.operator',
    /ConvTranspose .*import-nnunet replaces/,
  ],
  [
    'a grouped convolution',
    { nodes: [node('Conv', ['image', 'w'], 'logits', { group: 2 })], weights: [GROUPED] },
    'onnx.operator',
    /Conv .*grouped/,
  ],
  [
    'cubic interpolation',
    { nodes: [node('Resize', ['image'], 'logits', { mode: 'cubic' })] },
    'onnx.operator',
    /Resize .*cubic/,
  ],
  [
    'float16',
    { nodes: [node('Cast', ['image'], 'logits', { to: TensorProto_DataType.FLOAT16 })] },
    'onnx.operator',
    /Cast .*float16/,
  ],
  [
    'a weight that is no number',
    { weights: [floatTensor('w', [1, 1, 1, 1, 1], Float32Array.of(NaN))] },
    'onnx.weights',
    /weights w of net\.onnx hold a value that is no number/,
  ],
  ['weights elsewhere', { weights: [OUTSIDE] }, 'onnx.external', /in another file/],
])('%s is refused in one sentence', (_, parts, code, says) => {
  const error = refusal(() => checkGraph(with_(parts), 'net.onnx'));
  expect(error).toMatchObject({ name: 'InputError', code });
  expect(error.message).toMatch(says);
  expect(error.message).toMatch(/^[^.].*\.$/s);
});

test('an open size is refused where it has to be fixed', () => {
  const model = with_({ input: ['batch', 1, 4, 4, 4] });
  expect(refusal(() => checkStatic(model, endsOf(model, 'net.onnx'), 'net.onnx'))).toMatchObject({
    code: 'onnx.dynamic',
    message: expect.stringContaining('(?×1×4×4×4)'),
  });
});

test('more than one tensor at an end, or one that is not float32', () => {
  const two = with_({});
  two.graph.output.push(tensor('deep', SHAPE));
  expect(refusal(() => endsOf(two, 'net.onnx'))).toMatchObject({
    code: 'onnx.tensors',
    message: expect.stringContaining('2 outputs (logits, deep)'),
  });
  const half = with_({});
  half.graph.input = [tensor('image', SHAPE, TensorProto_DataType.FLOAT16)];
  expect(refusal(() => endsOf(half, 'net.onnx'))).toMatchObject({ code: 'onnx.tensors' });
});
