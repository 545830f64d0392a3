import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../volume/errors';

/** The three files that tell all of a trained net. */
export interface NnunetFiles {
  readonly onnx: string;
  readonly plans: string;
  readonly dataset: string;
}

/**
 * Find a net's files.
 *
 * @param source the .onnx file, or a folder with it: nnU-Net's results folder, or one that the three were put into
 * @param given what was named with options
 * @throws InputError `nnunet.files`
 */
export function findNnunetFiles(
  source: string,
  given: { readonly plans?: string; readonly dataset?: string },
): NnunetFiles {
  const isFolder = fs.existsSync(source) && fs.statSync(source).isDirectory();
  const folder = isFolder ? source : path.dirname(source);
  const found = {
    onnx: isFolder ? onnxIn(source) : source,
    plans: given.plans ?? path.join(folder, 'plans.json'),
    dataset: given.dataset ?? path.join(folder, 'dataset.json'),
  };
  for (const [what, file] of Object.entries(found))
    if (!fs.existsSync(file))
      throw new InputError(
        'nnunet.files',
        `${file} does not exist; ${what === 'onnx' ? 'export the net first (docs/models.md)' : `name the file with --${what}`}.`,
      );
  return found;
}

/** The one .onnx file of a folder or of its folds. */
function onnxIn(folder: string): string {
  const names = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.onnx'));
  if (names.length === 1) return path.join(folder, names[0]);
  throw new InputError(
    'nnunet.files',
    names.length === 0
      ? `${folder} holds no .onnx file; export the net first (docs/models.md).`
      : `${folder} holds ${names.length} .onnx files (${names.join(', ')}); name one of them instead of the folder.`,
  );
}
