import { expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { TensorProto } from 'onnx-buf';
import type { Vec3 } from '@vessels/volume/geometry';
import { writeOnnx, type OnnxModel } from '@vessels/inference/onnx/file';
import { floatTensor } from '@vessels/inference/onnx/tensors';
import { overlapReason, takeApart, transposedConvs } from '@vessels/inference/onnx/transposedConv';
import { modelOf, node } from './graphs';

const SIZE: Vec3 = [2, 3, 4];

/** 1, 2, 3, … */
const counting = (name: string, dims: number[]) =>
  floatTensor(
    name,
    dims,
    Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => i + 1),
  );

/** Two channels in, three out. */
const upsampling = (kernel: Vec3, biases: TensorProto[] = [], strides: Vec3 = kernel) =>
  modelOf({
    nodes: [
      node('ConvTranspose', ['image', 'w', ...biases.map(({ name }) => name)], 'logits', {
        kernel_shape: kernel,
        strides,
        dilations: [1, 1, 1],
        group: 1,
        pads: [0, 0, 0, 0, 0, 0],
      }),
    ],
    weights: [counting('w', [2, 3, ...kernel]), ...biases],
    input: [1, 2, ...SIZE],
    output: [1, 3, ...SIZE.map((n, axis) => n * kernel[axis])],
  });

async function answer(model: OnnxModel): Promise<number[]> {
  const session = await InferenceSession.create(writeOnnx(model));
  const image = Float32Array.from({ length: 2 * 2 * 3 * 4 }, (_, i) => (i % 7) - 3);
  const { logits } = await session.run({ image: new Tensor('float32', image, [1, 2, ...SIZE]) });
  await session.release();
  return [...(logits.data as Float32Array)];
}

test.each<[Vec3, boolean]>([
  [[2, 2, 2], true],
  [[2, 2, 2], false],
  [[1, 2, 2], true],
  [[2, 1, 3], true],
])(
  'kernel and stride %p: the same numbers without ConvTranspose (bias: %p)',
  async (kernel, biased) => {
    const model = upsampling(kernel, biased ? [counting('b', [3])] : []);
    const wanted = await answer(model);
    expect(takeApart(model, new Map([['image', SIZE]]))).toBe(1);
    expect(model.graph.node.map(({ opType }) => opType)).toEqual([
      'Conv',
      'Reshape',
      'Transpose',
      'Reshape',
    ]);
    expect(model.graph.initializer.map(({ name }) => name)).not.toContain('w');
    // Sums of whole numbers below 2²⁴ are exact.
    expect(await answer(model)).toEqual(wanted);
  },
);

test('windows that overlap are left alone, with the reason', () => {
  const model = upsampling([3, 3, 3], [], [2, 2, 2]);
  expect(overlapReason(model.graph, model.graph.node[0])).toMatch(/kernel 3×3×3 .* stride 2×2×2/);
  expect(takeApart(model, new Map([['image', SIZE]]))).toBe(0);
  expect(transposedConvs(model.graph)).toHaveLength(1);
});

test('padding and groups are left alone too', () => {
  const padded = upsampling([2, 2, 2]);
  padded.graph.node[0] = node('ConvTranspose', ['image', 'w'], 'logits', {
    strides: [2, 2, 2],
    output_padding: [1, 0, 0],
  });
  expect(overlapReason(padded.graph, padded.graph.node[0])).toMatch(/pads/);
  const grouped = upsampling([2, 2, 2]);
  grouped.graph.node[0] = node('ConvTranspose', ['image', 'w'], 'logits', {
    strides: [2, 2, 2],
    group: 2,
  });
  expect(overlapReason(grouped.graph, grouped.graph.node[0])).toMatch(/grouped/);
});
