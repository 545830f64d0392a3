import type { InferenceSession } from 'onnxruntime-web';
import { clone, create } from '@bufbuild/protobuf';
import { ModelProtoSchema, ValueInfoProtoSchema } from 'onnx-buf';
import { InputError } from '../../volume/errors';
import type { Vec3 } from '../../volume/geometry';
import { checkGraph, endsOf, type Ends } from '../onnx/checkGraph';
import { readOnnx, writeOnnx, type OnnxModel } from '../onnx/file';
import { declaredShape, declareShape } from '../onnx/shapes';
import { overlapReason, takeApart, transposedConvs } from '../onnx/transposedConv';
import type { Runtime } from '../runtime';

/** The shapes that a manifest asks for, [1, channels, …]. */
export interface WantedShapes {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

export interface Converted extends Ends {
  readonly bytes: Uint8Array;
  readonly opset: number;
  readonly operators: number;
  /** Transposed convolutions that were taken apart. */
  readonly takenApart: number;
  /** Greatest difference between the answers before and after, to one tile of noise. */
  readonly difference: number;
}

/**
 * Make of an exported net one that runs in a browser: fixed sizes, transposed convolutions taken apart. The net is
 * run before and after on the same tile of noise.
 *
 * @param file its name, for messages
 * @param wanted of the tensors, by the plans
 * @throws InputError those of {@link readOnnx}, {@link endsOf} and {@link checkGraph}; `onnx.shape`,
 * `onnx.operator`, `onnx.run`, `onnx.difference`
 */
export async function convert(
  bytes: Uint8Array,
  file: string,
  wanted: WantedShapes,
  runtime: Runtime,
): Promise<Converted> {
  const model = readOnnx(bytes, file);
  const ends = endsOf(model, file);
  fixSizes(model, ends, wanted, file);
  const transposed = transposedConvs(model.graph);
  for (const node of transposed) {
    const reason = overlapReason(model.graph, node);
    if (reason)
      throw new InputError(
        'onnx.operator',
        `${file} has the operator ConvTranspose (${node.name}), which cannot run here because ${reason}, so it has no exact replacement on WebGPU.`,
      );
  }
  const upsampled = [...new Set(transposed.map(({ input }) => input[0]))];
  const noise = noiseOf(wanted.input);
  const before = await run(withOutputs(model, upsampled), file, ends, noise, wanted, runtime);
  const sizes = new Map(
    upsampled.map((name): [string, Vec3] => {
      const [, , a, b, c] = before[name].dims;
      return [name, [a, b, c]];
    }),
  );
  const takenApart = takeApart(model, sizes);
  checkGraph(model, file);
  const converted = writeOnnx(model);
  const after = await run(converted, file, ends, noise, wanted, runtime);
  const difference = greatestDifference(
    before[ends.output].data as Float32Array,
    after[ends.output].data as Float32Array,
  );
  return {
    ...ends,
    bytes: converted,
    opset: Number(model.opsetImport[0].version),
    operators: model.graph.node.length,
    takenApart,
    difference,
  };
}

/** Sizes that the graph leaves open get those of the plans; others must be the same. */
function fixSizes({ graph }: OnnxModel, ends: Ends, wanted: WantedShapes, file: string): void {
  // They may name the sizes that are fixed now, and nothing needs them.
  graph.valueInfo = [];
  for (const end of ['input', 'output'] as const) {
    const info = graph[end].find(({ name }) => name === ends[end])!;
    const shape = declaredShape(info);
    const isOpen = end === 'output' && shape === undefined;
    const fits =
      isOpen ||
      (shape?.length === wanted[end].length &&
        shape.every((size, axis) => size === undefined || size === wanted[end][axis]));
    if (!fits)
      throw new InputError(
        'onnx.shape',
        `The ${end} of ${file} has the shape ${(shape ?? []).map((n) => n ?? '?').join('×')} where the plans ask for ${wanted[end].join('×')}; import the net with the plans.json, dataset.json and configuration that it was trained with.`,
      );
    declareShape(info, wanted[end]);
  }
}

/** The file of a model that tells some of its inner tensors too. */
function withOutputs(model: OnnxModel, names: readonly string[]): Uint8Array {
  const open = clone(ModelProtoSchema, model) as OnnxModel;
  open.graph.output.push(...names.map((name) => create(ValueInfoProtoSchema, { name })));
  return writeOnnx(open);
}

async function run(
  bytes: Uint8Array,
  file: string,
  { input, output }: Ends,
  tile: Float32Array,
  wanted: WantedShapes,
  { InferenceSession: Sessions, Tensor, processor }: Runtime,
): Promise<InferenceSession.OnnxValueMapType> {
  try {
    const session = await Sessions.create(bytes, processor.options);
    const results = await session.run({ [input]: new Tensor('float32', tile, [...wanted.input]) });
    await session.release();
    const { dims } = results[output];
    if (dims.join() === wanted.output.join()) return results;
    throw new InputError(
      'onnx.shape',
      `${file} answers with the shape ${dims.join('×')} where the plans ask for ${wanted.output.join('×')}; import the net with the plans.json and dataset.json that it was trained with.`,
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new InputError(
      'onnx.run',
      `ONNX Runtime cannot run ${file} (${reason}); export the net again.`,
    );
  }
}

/** Noise that is the same each time: a linear congruential generator (Numerical Recipes), −1 … 1. */
function noiseOf(shape: readonly number[]): Float32Array {
  let state = 1;
  return Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const greatestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((greatest, value, i) => Math.max(greatest, Math.abs(value - b[i])), 0);
