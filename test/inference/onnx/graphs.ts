import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  ValueInfoProtoSchema,
  type NodeProto,
  type TensorProto,
} from 'onnx-buf';
import type { OnnxModel } from '@vessels/inference/onnx/file';

/** Whole numbers as a list, a number alone, or text. */
type Value = readonly number[] | number | string;

function attributeOf(name: string, value: Value) {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, {
      name,
      type: AttributeProto_AttributeType.INT,
      i: BigInt(value),
    });
  if (typeof value === 'string')
    return create(AttributeProtoSchema, {
      name,
      type: AttributeProto_AttributeType.STRING,
      s: new TextEncoder().encode(value),
    });
  return create(AttributeProtoSchema, {
    name,
    type: AttributeProto_AttributeType.INTS,
    ints: value.map(BigInt),
  });
}

export const node = (
  opType: string,
  input: string[],
  output: string,
  attributes: Readonly<Record<string, Value>> = {},
): NodeProto =>
  create(NodeProtoSchema, {
    opType,
    name: `/${output}`,
    input,
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
  });

/** A size is a number, or a name where it is left open. */
export const tensor = (name: string, shape: readonly (number | string)[], elemType = FLOAT) =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType,
          shape: {
            dim: shape.map((size) => ({ value: dimension(size) })),
          },
        },
      },
    },
  });

const dimension = (size: number | string) =>
  typeof size === 'number'
    ? ({ case: 'dimValue', value: BigInt(size) } as const)
    : ({ case: 'dimParam', value: size } as const);

const FLOAT = TensorProto_DataType.FLOAT;

export interface Parts {
  readonly nodes: NodeProto[];
  readonly weights?: TensorProto[];
  readonly input: readonly (number | string)[];
  readonly output: readonly (number | string)[];
  readonly opset?: number;
}

/** A model from `image` to `logits`. */
export const modelOf = ({ nodes, weights = [], input, output, opset = 17 }: Parts): OnnxModel =>
  create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    graph: {
      name: 'graph',
      node: nodes,
      initializer: weights,
      input: [tensor('image', input)],
      output: [tensor('logits', output)],
    },
  }) as OnnxModel;
