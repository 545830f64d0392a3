import { create } from '@bufbuild/protobuf';
import { TensorShapeProto_DimensionSchema, type ValueInfoProto } from 'onnx-buf';

/** Sizes of a tensor as the graph declares them: a number, or undefined where it leaves one open. */
export function declaredShape({ type }: ValueInfoProto): (number | undefined)[] | undefined {
  if (type?.value.case !== 'tensorType') return undefined;
  return type.value.value.shape?.dim.map(({ value }) =>
    value.case === 'dimValue' && value.value > 0n ? Number(value.value) : undefined,
  );
}

/** Element type of a tensor, a number of TensorProto.DataType. */
export const elementType = ({ type }: ValueInfoProto): number | undefined =>
  type?.value.case === 'tensorType' ? type.value.value.elemType : undefined;

/** Declare the sizes of a tensor. */
export function declareShape({ type }: ValueInfoProto, sizes: readonly number[]): void {
  if (type?.value.case !== 'tensorType' || !type.value.value.shape) return;
  type.value.value.shape.dim = sizes.map((size) =>
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(size) } }),
  );
}
