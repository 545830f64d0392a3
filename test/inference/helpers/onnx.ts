/**
 * A few bytes of protobuf, enough for an ONNX model of one node: what the tests of broken models need and no
 * file should be kept for. Field numbers are those of onnx.proto.
 */
const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const number = (field: number, value: number) => [field << 3, ...varint(value)];
const bytes = (field: number, content: readonly number[]) => [
  (field << 3) | 2,
  ...varint(content.length),
  ...content,
];
const text = (field: number, value: string) => bytes(field, [...new TextEncoder().encode(value)]);

const [FLOAT, INT32] = [1, 6];

/** ValueInfoProto of a tensor. */
const tensor = (name: string, shape: readonly number[], type = FLOAT) => {
  const dims = shape.flatMap((size) => bytes(1, number(1, size)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, dims)]))];
};

/**
 * A model with one operator without attributes.
 *
 * @param operator e.g. Identity, Sqrt, Shape
 * @param names of the tensors that go in and come out
 * @param unread name and shape of an int32 tensor that goes in too
 */
export function oneNodeModel(
  operator: string,
  shape: readonly number[],
  outputShape: readonly number[] = shape,
  [input, output] = ['image', 'probability'],
  unread?: readonly [string, readonly number[]],
): Uint8Array {
  const node = [...text(1, input), ...text(2, output), ...text(4, operator)];
  const graph = [
    ...bytes(1, node),
    ...text(2, 'g'),
    ...bytes(11, tensor(input, shape)),
    ...(unread ? bytes(11, tensor(...unread, INT32)) : []),
    ...bytes(12, tensor(output, outputShape)),
  ];
  return Uint8Array.from([
    ...number(1, 8), // ir_version
    ...bytes(7, graph),
    ...bytes(8, [...text(1, ''), ...number(2, 17)]), // opset 17
  ]);
}
