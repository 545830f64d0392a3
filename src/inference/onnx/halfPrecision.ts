import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  type NodeProto,
  type TensorProto,
} from 'onnx-buf';
import type { OnnxModel } from './file';
import { toFloat16 } from './float16';
import { elementType } from './shapes';
import { attribute, floatsOf } from './tensors';

const { FLOAT, FLOAT16 } = TensorProto_DataType;

/**
 * Operators that compute with 16 bits, and which of their inputs are numbers of the image. All others, norms and
 * sigmoids among them, keep 32 bits: they sum many numbers or are steep.
 */
const HALVED: Readonly<Record<string, 'all' | readonly number[]>> = Object.freeze({
  Add: 'all',
  AveragePool: 'all',
  Concat: 'all',
  Conv: 'all',
  LeakyRelu: 'all',
  MaxPool: 'all',
  Mul: 'all',
  Relu: 'all',
  Reshape: [0],
  Resize: [0],
  Transpose: 'all',
});

/** Operators whose result is no number of the image though an input is. */
const OTHER_TYPE: ReadonlySet<string> = new Set(['Shape', 'Equal', 'Greater', 'Less', 'Cast']);

/** Suffix of what has 16 bits. */
const half = (name: string): string => `${name}/half`;

/**
 * A float32 graph whose convolutions and what lies between them compute with 16 bits; what goes in and comes out stays
 * float32. Weights are halved, and numbers are converted where operators of 16 and 32 bits meet.
 *
 * @param model is changed
 * @returns the model; undefined where a weight has no place in 16 bits, or nothing would change
 */
export function toHalfPrecision(model: OnnxModel): OnnxModel | undefined {
  const { graph } = model;
  const weights = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const given = [
    ...graph.input.filter((value) => elementType(value) === FLOAT),
    ...graph.initializer.filter(({ dataType }) => dataType === FLOAT),
  ];
  /** Names of numbers, whatever their bits. */
  const isFloat = new Set(given.map(({ name }) => name));
  /** Names that exist so far, with 16 bits or with 32. */
  const known = new Set<string>([...graph.input, ...graph.initializer].map(({ name }) => name));
  const nodes: NodeProto[] = [];
  const halves: TensorProto[] = [];

  /** The 16-bit version of a value, which is made where it is missing; undefined where it cannot be. */
  function halved(name: string): string | undefined {
    if (known.has(half(name))) return half(name);
    const weight = weights.get(name);
    const tensor = weight && halfTensor(weight);
    if (weight && !tensor) return undefined;
    if (tensor) halves.push(tensor);
    else nodes.push(cast(name, half(name), FLOAT16));
    known.add(half(name));
    return half(name);
  }

  /** Makes the 32-bit version of a value where only the other is there. */
  function widened(name: string): void {
    if (known.has(name) || !known.has(half(name))) return;
    nodes.push(cast(half(name), name, FLOAT));
    known.add(name);
  }

  let changed = 0;
  for (const node of graph.node) {
    const which = HALVED[node.opType];
    const wanted = node.input.filter((_, i) => which === 'all' || which?.includes(i));
    if (which && wanted.every((name) => name === '' || isFloat.has(name))) {
      for (const [i, name] of node.input.entries()) {
        if (which !== 'all' && !which.includes(i)) widened(name);
        else if (name !== '') {
          const converted = halved(name);
          if (converted === undefined) return undefined;
          node.input[i] = converted;
        }
      }
      for (const name of node.output) isFloat.add(name);
      node.output = node.output.map(half);
      changed++;
    } else {
      node.input.forEach(widened);
      if (givesFloats(node, isFloat)) for (const name of node.output) isFloat.add(name);
    }
    nodes.push(node);
    for (const name of node.output) known.add(name);
  }
  if (changed === 0) return undefined;
  for (const { name } of graph.output) widened(name);
  const used = new Set(nodes.flatMap(({ input }) => input));
  graph.node = nodes;
  graph.initializer = [...graph.initializer, ...halves].filter(({ name }) => used.has(name));
  graph.valueInfo = [];
  return model;
}

function givesFloats(node: NodeProto, isFloat: ReadonlySet<string>): boolean {
  if (node.opType === 'Constant') return attribute(node, 'value')?.t?.dataType === FLOAT;
  return !OTHER_TYPE.has(node.opType) && node.input.some((name) => isFloat.has(name));
}

function halfTensor(tensor: TensorProto): TensorProto | undefined {
  const values = floatsOf(tensor);
  const halves = values && toFloat16(values);
  return (
    halves &&
    create(TensorProtoSchema, {
      name: half(tensor.name),
      dims: tensor.dims,
      dataType: FLOAT16,
      rawData: new Uint8Array(halves.buffer),
    })
  );
}

const cast = (from: string, to: string, type: TensorProto_DataType): NodeProto =>
  create(NodeProtoSchema, {
    opType: 'Cast',
    name: `${to}/cast`,
    input: [from],
    output: [to],
    attribute: [
      create(AttributeProtoSchema, {
        name: 'to',
        type: AttributeProto_AttributeType.INT,
        i: BigInt(type),
      }),
    ],
  });
