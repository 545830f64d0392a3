import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
} from 'onnx-buf';

// ONNX is little-endian, as are all machines that browsers and Node run on, so typed arrays read it as it is.
const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** Whether a tensor's numbers lie in another file. */
export const isExternal = ({ dataLocation, externalData }: TensorProto): boolean =>
  dataLocation === TensorProto_DataLocation.EXTERNAL || externalData.length > 0;

/** The numbers of a float32 tensor, as a copy or a view; undefined where it is of another type. */
export function floatsOf({ dataType, rawData, floatData }: TensorProto): Float32Array | undefined {
  if (dataType !== TensorProto_DataType.FLOAT) return undefined;
  if (rawData.length === 0) return Float32Array.from(floatData);
  // A view needs an address that is a multiple of four, which a place in a file seldom is.
  const { buffer, byteOffset, length } = rawData.byteOffset % FLOAT ? rawData.slice() : rawData;
  return new Float32Array(buffer, byteOffset, length / FLOAT);
}

/** A float32 tensor of some numbers. */
export const floatTensor = (
  name: string,
  dims: readonly number[],
  values: Float32Array,
): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.FLOAT,
    rawData: new Uint8Array(values.slice().buffer),
  });

/** A tensor of one row of whole numbers, such as Reshape takes. */
export const shapeTensor = (name: string, values: readonly number[]): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dims: [BigInt(values.length)],
    dataType: TensorProto_DataType.INT64,
    rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  });

/** An attribute of a node by name. */
export const attribute = (
  { attribute: all }: NodeProto,
  name: string,
): AttributeProto | undefined => all.find((each) => each.name === name);

/** Whole numbers of an attribute. */
export const intsOf = (node: NodeProto, name: string): number[] | undefined =>
  attribute(node, name)?.ints.map(Number);

/** All tensors that a graph holds: its initializers and the values of its constants. */
export function* tensorsOf({ initializer, node }: GraphProto): Generator<TensorProto> {
  yield* initializer;
  for (const { attribute: all } of node)
    for (const { t, tensors } of all) {
      if (t) yield t;
      yield* tensors;
    }
}
