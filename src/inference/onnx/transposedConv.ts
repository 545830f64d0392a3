import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from 'onnx-buf';
import type { Vec3 } from '../../volume/geometry';
import type { OnnxModel } from './file';
import { attribute, floatsOf, floatTensor, intsOf, shapeTensor } from './tensors';

/** A transposed convolution in three dimensions whose windows do not overlap, with its weights. */
interface Upsampling {
  readonly node: NodeProto;
  /** [channels in, channels out, a, b, c]. */
  readonly weight: TensorProto;
  readonly kernel: Vec3;
}

/** The transposed convolutions of a graph in three dimensions. */
export const transposedConvs = (graph: GraphProto): NodeProto[] =>
  graph.node.filter(
    (node) => node.opType === 'ConvTranspose' && weightOf(graph, node)?.dims.length !== 4,
  );

const weightOf = ({ initializer }: GraphProto, { input }: NodeProto): TensorProto | undefined =>
  initializer.find(({ name }) => name === input[1]);

/**
 * Why a transposed convolution cannot be taken apart into a convolution and a shuffle; undefined where it can: its
 * kernel is as large as its stride, in any of the sizes that nnU-Net makes ([2, 2, 2], [1, 2, 2]).
 */
export function overlapReason(graph: GraphProto, node: NodeProto): string | undefined {
  const weight = weightOf(graph, node);
  if (!weight || !floatsOf(weight)) return 'its weights are no float32 numbers of the model';
  const kernel = weight.dims.slice(2).map(Number);
  const strides = intsOf(node, 'strides') ?? [1, 1, 1];
  if (kernel.join() !== strides.join())
    return `its kernel ${kernel.join('×')} is not as large as its stride ${strides.join('×')}`;
  if (Number(attribute(node, 'group')?.i ?? 1n) !== 1) return 'its channels are grouped';
  const isPlain =
    (intsOf(node, 'dilations') ?? []).every((n) => n === 1) &&
    ['pads', 'output_padding'].every((name) => (intsOf(node, name) ?? []).every((n) => n === 0)) &&
    attribute(node, 'output_shape') === undefined &&
    ['', 'NOTSET', 'VALID'].includes(
      new TextDecoder().decode(attribute(node, 'auto_pad')?.s ?? new Uint8Array()),
    );
  return isPlain ? undefined : 'it pads or dilates';
}

/**
 * Take the transposed convolutions in three dimensions apart, in place: WebGPU has no kernel for them. Where kernel
 * and stride are equal, each voxel becomes a block of its own, so the same numbers come of a 1×1×1 convolution to
 * (channels × block) channels whose values are then put beside each other (pixel shuffle; Shi et al. 2016): Conv →
 * Reshape → Transpose → Reshape.
 *
 * @param sizes spatial sizes [a, b, c], slowest first, of each such node's input, by the input's name
 * @returns how many were taken apart; those with an {@link overlapReason} stay
 */
export function takeApart(
  { graph }: Pick<OnnxModel, 'graph'>,
  sizes: ReadonlyMap<string, Vec3>,
): number {
  const found = new Map<NodeProto, Upsampling>();
  for (const node of transposedConvs(graph)) {
    const weight = weightOf(graph, node);
    if (!weight || overlapReason(graph, node) !== undefined) continue;
    const [a, b, c] = weight.dims.slice(2).map(Number);
    found.set(node, { node, weight, kernel: [a, b, c] });
  }
  const replaced = new Set([...found.keys()].flatMap(({ input }) => input));
  graph.node = graph.node.flatMap((node) => {
    const upsampling = found.get(node);
    return upsampling ? shuffled(graph, upsampling, sizes.get(node.input[0])!) : [node];
  });
  const needed = new Set(graph.node.flatMap(({ input }) => input));
  graph.initializer = graph.initializer.filter(
    ({ name }) => !replaced.has(name) || needed.has(name),
  );
  return found.size;
}

function shuffled(
  graph: GraphProto,
  { node, weight, kernel }: Upsampling,
  size: Vec3,
): NodeProto[] {
  const name = node.name || node.output[0];
  const named = (part: string) => `${name}/shuffle/${part}`;
  const [channelsIn, channels] = weight.dims.map(Number);
  const block = kernel[0] * kernel[1] * kernel[2];
  graph.initializer.push(
    floatTensor(
      named('weight'),
      [channels * block, channelsIn, 1, 1, 1],
      transposed(floatsOf(weight)!, channelsIn, channels * block),
    ),
    shapeTensor(named('apart'), [1, channels, ...kernel, ...size]),
    shapeTensor(named('together'), [1, channels, ...size.map((n, axis) => n * kernel[axis])]),
  );
  const bias = biasOf(graph, node, block);
  if (bias) graph.initializer.push({ ...bias, name: named('bias') });
  return [
    nodeOf(
      'Conv',
      [node.input[0], named('weight'), ...(bias ? [named('bias')] : [])],
      named('conv'),
      {
        kernel_shape: [1, 1, 1],
      },
    ),
    nodeOf('Reshape', [named('conv'), named('apart')], named('blocks')),
    nodeOf('Transpose', [named('blocks')], named('turned'), { perm: [0, 1, 5, 2, 6, 3, 7, 4] }),
    nodeOf('Reshape', [named('turned'), named('together')], node.output[0]),
  ];
}

/** [in, out] as [out, in]. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) result[column * rows + row] = values[i];
  return result;
}

/** The bias of a channel for each voxel of its block. */
function biasOf(graph: GraphProto, node: NodeProto, block: number): TensorProto | undefined {
  const bias = graph.initializer.find(({ name }) => name === node.input[2]);
  const values = bias && floatsOf(bias);
  if (!values) return undefined;
  const repeated = Float32Array.from(
    { length: values.length * block },
    (_, i) => values[Math.floor(i / block)],
  );
  return floatTensor('', [repeated.length], repeated);
}

const nodeOf = (
  opType: string,
  input: string[],
  output: string,
  ints: Readonly<Record<string, readonly number[]>> = {},
): NodeProto =>
  create(NodeProtoSchema, {
    opType,
    name: output,
    input,
    output: [output],
    attribute: Object.entries(ints).map(([name, values]) =>
      create(AttributeProtoSchema, {
        name,
        type: AttributeProto_AttributeType.INTS,
        ints: values.map(BigInt),
      }),
    ),
  });
