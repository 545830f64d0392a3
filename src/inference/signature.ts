import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { InputError } from '../volume/errors';
import { inTensorOrder } from './axisOrder';
import type { ModelManifest } from './manifest';
import { channelCount, predictionOf } from './scores';

/** How far outside 0 … 1 rounding may put a probability. */
export const TOLERANCE = 1e-3;

type Tensors = Pick<ModelManifest, 'patch' | 'axes' | 'prediction'>;

/** Shape of the tensor that a model is given. */
export const inputShape = (manifest: Tensors): number[] => [
  1,
  1,
  ...inTensorOrder(manifest.patch, manifest),
];

/** Shape of the tensor that it answers with. */
export const outputShape = (manifest: Tensors): number[] => [
  1,
  channelCount(manifest),
  ...inTensorOrder(manifest.patch, manifest),
];

/** Whether a shape is the wanted one; a size that the model leaves open (a name) fits any. */
const fits = (shape: readonly (number | string)[], wanted: readonly number[]) =>
  shape.length === wanted.length &&
  wanted.every((size, axis) => typeof shape[axis] === 'string' || shape[axis] === size);

/**
 * The model has the input and output that its manifest speaks of.
 *
 * @throws InputError `model.names`, `model.shape`
 */
export function checkSignature(
  session: Pick<InferenceSession, 'inputNames' | 'outputNames' | 'inputMetadata'>,
  manifest: ModelManifest,
): void {
  const { file, input, output } = manifest;
  for (const [kind, name, names] of [
    ['input', input, session.inputNames],
    ['output', output, session.outputNames],
  ] as const)
    if (!names.includes(name))
      throw new InputError(
        'model.names',
        `The manifest of ${file} names the ${kind} "${name}", but the model has ${names.join(', ')}; correct the manifest.`,
      );
  const metadata = session.inputMetadata.find(({ name }) => name === input);
  const wanted = inputShape(manifest);
  if (metadata?.isTensor && !fits(metadata.shape, wanted))
    throw wrongShape(file, metadata.shape, wanted);
}

/**
 * What the model says of a tile: numbers, and probabilities where the manifest has it so.
 *
 * @throws InputError `model.shape`, `model.type`, `model.not-finite`, `model.range`
 */
export function checkedOutput(
  { dims, type, data }: Pick<Tensor, 'dims' | 'type' | 'data'>,
  manifest: ModelManifest,
): Float32Array {
  const { file } = manifest;
  const wanted = outputShape(manifest);
  if (!fits(dims, wanted)) throw wrongShape(file, dims, wanted);
  if (!(data instanceof Float32Array))
    throw new InputError(
      'model.type',
      `The output of ${file} is of type ${type}, not float32; export the model with a float32 output.`,
    );
  const isLogit = predictionOf(manifest).values === 'logits';
  for (let i = 0; i < data.length; i++) {
    if (data[i] >= -TOLERANCE && data[i] <= 1 + TOLERANCE) continue;
    if (Number.isFinite(data[i]) && isLogit) continue;
    if (Number.isFinite(data[i]))
      throw new InputError(
        'model.range',
        `The output of ${file} reaches ${data[i].toPrecision(3)}, which is no probability; export the model with its sigmoid.`,
      );
    throw new InputError(
      'model.not-finite',
      `The output of ${file} holds values that are no numbers; the model does not fit this image or is broken, choose another one.`,
    );
  }
  return data;
}

const wrongShape = (file: string, shape: readonly (number | string)[], wanted: readonly number[]) =>
  new InputError(
    'model.shape',
    `A tensor of ${file} has the shape ${shape.join('×')} where the manifest's patch and channels need ${wanted.join('×')}; correct the manifest.`,
  );
