import { TensorProto_DataType, type GraphProto, type NodeProto } from 'onnx-buf';
import { InputError } from '../../volume/errors';
import type { OnnxModel } from './file';
import { DOMAINS, OPERATORS, OPSETS, REFUSED } from './operators';
import { declaredShape, elementType } from './shapes';
import { attribute, floatsOf, isExternal, tensorsOf } from './tensors';

/** The tensor that goes into a graph and the one that comes out. */
export interface Ends {
  readonly input: string;
  readonly output: string;
}

/**
 * The one input and the one output of a graph, both float32.
 *
 * @param file name, for the message
 * @throws InputError `onnx.tensors`
 */
export function endsOf({ graph }: Pick<OnnxModel, 'graph'>, file: string): Ends {
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  for (const [kind, infos] of [
    ['input', inputs],
    ['output', graph.output],
  ] as const)
    if (infos.length !== 1)
      throw new InputError(
        'onnx.tensors',
        `${file} has ${infos.length} ${kind}s (${infos.map(({ name }) => name).join(', ')}) where one is wanted; export the net with one image in and one answer out, deep supervision off.`,
      );
  const [[input], [output]] = [inputs, graph.output];
  for (const info of [input, output])
    if (elementType(info) !== TensorProto_DataType.FLOAT)
      throw new InputError(
        'onnx.tensors',
        `The tensor ${info.name} of ${file} is not float32; export the net with float32 numbers.`,
      );
  return { input: input.name, output: output.name };
}

/**
 * A graph that runs in a browser: its opset and operators are known, its weights are in the file and are numbers.
 *
 * @param file name, for the messages
 * @throws InputError `onnx.opset`, `onnx.external`, `onnx.operator`, `onnx.weights`
 */
export function checkGraph(model: OnnxModel, file: string): void {
  checkOpset(model, file);
  checkOperators(model.graph, file);
  checkWeights(model.graph, file);
}

function checkOpset({ opsetImport }: OnnxModel, file: string): void {
  const { least, greatest } = OPSETS;
  const version = Number(opsetImport.find(({ domain }) => DOMAINS.includes(domain))?.version ?? 0);
  if (version < least || version > greatest)
    throw new InputError(
      'onnx.opset',
      `${file} is written in opset ${version} of ONNX, and ${least} to ${greatest} can be run; export it with opset_version=17.`,
    );
}

function checkOperators(graph: GraphProto, file: string): void {
  for (const node of graph.node) {
    const reason = reasonAgainst(node, graph);
    if (reason)
      throw new InputError(
        'onnx.operator',
        `${file} has the operator ${node.opType}${node.name ? ` (${node.name})` : ''}, which cannot run here because ${reason}.`,
      );
  }
}

function reasonAgainst(node: NodeProto, graph: GraphProto): string | undefined {
  const { opType, domain } = node;
  if (!DOMAINS.includes(domain))
    return `it is of the domain ${domain}, not of ONNX itself; export the net without it`;
  const variant = VARIANTS[opType]?.(node, graph);
  if (variant) return variant;
  if (Object.hasOwn(REFUSED, opType)) return REFUSED[opType];
  return OPERATORS.has(opType) || opType === 'ConvTranspose'
    ? undefined
    : 'it was never seen to run on WebGPU; export the net without it';
}

/** Variants of known operators that WebGPU accepts when a model is loaded and fails to run. */
const VARIANTS: Readonly<
  Record<string, (node: NodeProto, graph: GraphProto) => string | undefined>
> = Object.freeze({
  Conv: (node, graph) =>
    Number(attribute(node, 'group')?.i ?? 1n) > 1 && rankOfWeight(node, graph) === 5
      ? 'WebGPU has no grouped convolution in three dimensions; split it into Split, Conv and Concat'
      : undefined,
  ConvTranspose: (node, graph) =>
    rankOfWeight(node, graph) === 4
      ? undefined
      : 'WebGPU has no transposed convolution in three dimensions; vessels-model import-nnunet replaces it where kernel and stride are equal',
  Resize: (node) =>
    new TextDecoder().decode(attribute(node, 'mode')?.s ?? new Uint8Array()) === 'cubic'
      ? 'WebGPU has no cubic interpolation in three dimensions; use linear'
      : undefined,
  Cast: (node) =>
    Number(attribute(node, 'to')?.i ?? 0n) === TensorProto_DataType.FLOAT16
      ? 'few graphics processors compute with float16; cast the weights to float32'
      : undefined,
});

const rankOfWeight = ({ input }: NodeProto, { initializer }: GraphProto): number | undefined =>
  initializer.find(({ name }) => name === input[1])?.dims.length;

function checkWeights(graph: GraphProto, file: string): void {
  for (const tensor of tensorsOf(graph)) {
    if (isExternal(tensor))
      throw new InputError(
        'onnx.external',
        `${file} keeps its weights in another file; save it in one file (onnx.save with save_as_external_data=False).`,
      );
    const bad = floatsOf(tensor)?.findIndex((value) => !Number.isFinite(value)) ?? -1;
    if (bad >= 0)
      throw new InputError(
        'onnx.weights',
        `The weights ${tensor.name} of ${file} hold a value that is no number (NaN or infinite); the training failed or the file is damaged, export an earlier checkpoint.`,
      );
  }
}

/**
 * The input of a graph has fixed sizes.
 *
 * @throws InputError `onnx.dynamic`
 */
export function checkStatic(
  { graph }: Pick<OnnxModel, 'graph'>,
  { input }: Ends,
  file: string,
): void {
  const shape = declaredShape(graph.input.find(({ name }) => name === input)!);
  if (!shape || shape.includes(undefined))
    throw new InputError(
      'onnx.dynamic',
      `${file} leaves the size of its input open (${(shape ?? []).map((n) => n ?? '?').join('×')}); export it without dynamic_axes, or fix the sizes with vessels-model import-nnunet.`,
    );
}
