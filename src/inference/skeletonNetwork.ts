import { InputError } from '../volume/errors';
import { exclusively } from './exclusive';
import type { Gpu, Runtime } from './runtime';
import { optionsFor, reasonOf } from './session';
import type { SkeletonManifest } from './skeletonManifest';

/** A learned skeletonizer, ready to run. */
export interface SkeletonNetwork {
  /**
   * One step for `manifest.rows` voxels.
   *
   * @param rows tensor `rows` of {@link SkeletonManifest}
   * @returns tensor `change`
   * @throws InputError `model.run`, `model.shape`, `model.not-finite`
   */
  run(rows: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Numbers in a row of the tensor that goes in. */
export const rowWidth = ({ dimensions, features, states }: SkeletonManifest): number =>
  3 ** dimensions * (features.length + states);

/**
 * Load a learned skeletonizer.
 *
 * @param bytes of the .onnx file, checked against the manifest before
 * @param gpu runs on it, else on the processor; it stays the caller's
 * @throws InputError `model.unreadable`, `model.shape`
 */
export async function openSkeletonNetwork(
  bytes: Uint8Array,
  manifest: SkeletonManifest,
  { InferenceSession, Tensor, processor }: Runtime,
  gpu?: Gpu,
): Promise<SkeletonNetwork> {
  const { file, rows, states } = manifest;
  const input = [rows, rowWidth(manifest)];
  const output = [rows, states];
  const options = gpu ? optionsFor(gpu.device) : processor.options;

  const refuse = (code: string, what: string) => (error: unknown) => {
    throw new InputError(
      code,
      `ONNX Runtime ${what} ${file} (${reasonOf(error)}); choose another model.`,
    );
  };
  const session = await exclusively(() => InferenceSession.create(bytes, options)).catch(
    refuse('model.unreadable', 'cannot read'),
  );
  const release = () => exclusively(() => session.release());
  const [given] = session.inputMetadata;
  if (given.name !== 'rows' || !given.isTensor || String(given.shape) !== String(input)) {
    await release();
    throw wrongShape(file, given.isTensor ? given.shape : [], input);
  }
  return {
    async run(table) {
      const { change } = await exclusively(() =>
        session.run({ rows: new Tensor('float32', table, input) }, ['change']),
      ).catch(refuse('model.run', 'could not run'));
      if (String(change.dims) !== String(output)) throw wrongShape(file, change.dims, output);
      const values = change.data as Float32Array;
      if (!values.every(Number.isFinite))
        throw new InputError(
          'model.not-finite',
          `The output of ${file} holds values that are no numbers; the model is broken, choose another one.`,
        );
      return values;
    },
    release,
  };
}

const wrongShape = (file: string, shape: readonly (number | string)[], wanted: readonly number[]) =>
  new InputError(
    'model.shape',
    `A tensor of ${file} has the shape ${shape.join('×')} where its manifest needs ${wanted.join('×')}; correct the manifest.`,
  );
