import type { z } from 'zod';
import { InputError } from '../volume/errors';
import { ModelManifest } from './manifest';

/**
 * The manifest of a model from the text of its JSON file.
 *
 * @param where file name or URL, for the message
 * @throws InputError `model.manifest` that names the first wrong field
 */
export const parseManifest = (text: string, where: string): ModelManifest =>
  parseAs(ModelManifest, text, where);

/**
 * A manifest that came as plain data.
 *
 * @param where file name or URL, for the message
 * @throws InputError `model.manifest` that names the first wrong field
 */
export const checkManifest = (json: unknown, where: string): ModelManifest =>
  checkAs(ModelManifest, json, where);

/**
 * A manifest of any kind from the text of its JSON file.
 *
 * @throws InputError as {@link parseManifest}
 */
export function parseAs<T>(kind: z.ZodType<T>, text: string, where: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notAManifest(where, 'it is not JSON');
  }
  return checkAs(kind, json, where);
}

function checkAs<T>(kind: z.ZodType<T>, json: unknown, where: string): T {
  const parsed = kind.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw notAManifest(where, path.length ? `${path.join('.')}: ${message}` : message);
}

const notAManifest = (where: string, reason: string) =>
  new InputError(
    'model.manifest',
    `${where} is no model manifest: ${reason}; choose the JSON file that came with the model.`,
  );
