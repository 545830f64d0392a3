import { parseManifest } from '@vessels/inference/parseManifest';
import { InputError } from '@vessels/volume/errors';
import type { ModelChoice } from '../state/types';

/** Files as a browser hands them over. */
export type PickedFile = Pick<File, 'name' | 'text' | 'arrayBuffer'>;

/**
 * A model from two files of the user: the .onnx and its .json manifest. That the bytes are those the manifest
 * speaks of is checked by the worker, as for bundled models.
 *
 * @throws InputError when a file is missing or the manifest is wrong
 */
export async function readModelFiles(files: readonly PickedFile[]): Promise<ModelChoice> {
  const onnx = files.find(({ name }) => name.endsWith('.onnx'));
  const json = files.find(({ name }) => name.endsWith('.json'));
  if (!onnx || !json)
    throw new InputError(
      'model.files',
      'A model is two files: choose the .onnx file and its .json manifest together.',
    );
  const manifest = parseManifest(await json.text(), json.name);
  if (manifest.file !== onnx.name)
    throw new InputError(
      'model.file-name',
      `The manifest ${json.name} belongs to ${manifest.file}, not to ${onnx.name}; choose the pair that belongs together.`,
    );
  return { id: `file:${manifest.id}`, manifest, file: await onnx.arrayBuffer() };
}
