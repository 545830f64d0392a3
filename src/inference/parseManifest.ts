import { InputError } from '../volume/errors';
import { ModelManifest } from './manifest';

/**
 * The manifest of a model from the text of its JSON file.
 *
 * @param where file name or URL, for the message
 * @throws InputError `model.manifest` that names the first wrong field
 */
export function parseManifest(text: string, where: string): ModelManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notAManifest(where, 'it is not JSON');
  }
  return checkManifest(json, where);
}

/**
 * A manifest that came as plain data.
 *
 * @param where file name or URL, for the message
 * @throws InputError `model.manifest` that names the first wrong field
 */
export function checkManifest(json: unknown, where: string): ModelManifest {
  const parsed = ModelManifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw notAManifest(where, path.length ? `${path.join('.')}: ${message}` : message);
}

const notAManifest = (where: string, reason: string) =>
  new InputError(
    'model.manifest',
    `${where} is no model manifest: ${reason}; choose the JSON file that came with the model.`,
  );
