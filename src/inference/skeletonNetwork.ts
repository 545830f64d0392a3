import { InputError } from '../volume/errors';
import { exclusively } from './exclusive';
import type { Gpu, Runtime } from './runtime';
import { optionsFor, reasonOf } from './session';
import type { SkeletonManifest } from './skeletonManifest';

/** A learned skeletonizer, ready to run. */
export interface SkeletonNetwork {
  /**
   * The likeness of some voxels, 0 … 1.
   *
   * @param features tensor `features` of {@link SkeletonManifest}
   * @param neighbours tensor `neighbours`
   * @throws InputError `model.run`, `model.shape`, `model.not-finite`
   */
  run(features: Float32Array, neighbours: Int32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Numbers that come in and go out for each voxel, by tensor. */
export const widthsOf = ({ dimensions, features }: SkeletonManifest) =>
  ({ features: features.length, neighbours: 3 ** dimensions, likeness: 1 }) as const;

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
  const { file } = manifest;
  const widths = widthsOf(manifest);
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
  for (const name of ['features', 'neighbours'] as const) {
    const given = session.inputMetadata.find((input) => input.name === name);
    const shape = given?.isTensor ? given.shape : [];
    if (shape.length !== 2 || shape[1] !== widths[name]) {
      await release();
      throw wrongShape(file, name, shape, ['voxels', widths[name]]);
    }
  }
  return {
    async run(features, neighbours) {
      const n = features.length / widths.features;
      const { likeness } = await exclusively(() =>
        session.run(
          {
            features: new Tensor('float32', features, [n, widths.features]),
            neighbours: new Tensor('int32', neighbours, [n, widths.neighbours]),
          },
          ['likeness'],
        ),
      ).catch(refuse('model.run', 'could not run'));
      const wanted = [n, widths.likeness];
      if (String(likeness.dims) !== String(wanted))
        throw wrongShape(file, 'likeness', likeness.dims, wanted);
      const values = likeness.data as Float32Array;
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

type Shape = readonly (number | string)[];

const wrongShape = (file: string, tensor: string, shape: Shape, wanted: Shape) =>
  new InputError(
    'model.shape',
    `The tensor ${tensor} of ${file} has the shape ${shape.join('×') || '(none)'} where its manifest needs ${wanted.join('×')}; correct the manifest.`,
  );
