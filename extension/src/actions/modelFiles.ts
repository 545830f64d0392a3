import { parseManifest } from '@vessels/inference/parseManifest';
import { InputError } from '@vessels/volume/errors';
import type { AddedModel } from '../state/types';
import { addedId } from '../host/keptModels';

/**
 * A model from the user's files: the .onnx, its .json manifest and, where there is one, its .md card. That the bytes
 * are those the manifest speaks of is checked by the worker.
 *
 * @throws InputError when a file is missing or the manifest is wrong
 */
export async function readModelFiles(files: readonly File[]): Promise<AddedModel> {
  const onnx = files.find(({ name }) => name.endsWith('.onnx'));
  const json = files.find(({ name }) => name.endsWith('.json'));
  const card = files.find(({ name }) => name.endsWith('.md'));
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
  return { id: addedId(manifest), manifest, file: onnx, ...(card && { card: await card.text() }) };
}
