import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { CancelledError, InputError } from '../volume/errors';
import type { ModelManifest } from './manifest';

export interface FetchOptions {
  /** Share of the file that has come, 0 … 1, where the server tells its length. */
  readonly onProgress?: (part: number) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The bytes of a model, which are those that its manifest speaks of.
 *
 * @param file where the .onnx file is, or its bytes, in memory or on disk
 * @throws CancelledError; InputError `model.missing`, `model.sha256`
 */
export async function loadModelFile(
  file: string | ArrayBuffer | Blob,
  manifest: Pick<ModelManifest, 'file' | 'sha256'>,
  options: FetchOptions = {},
): Promise<Uint8Array> {
  const bytes = await bytesOf(file, options);
  if (bytesToHex(sha256(bytes)) !== manifest.sha256)
    throw new InputError(
      'model.sha256',
      `${manifest.file} is not the file that its manifest describes (SHA-256 differs); choose the model and the manifest that belong together.`,
    );
  return bytes;
}

async function bytesOf(
  file: string | ArrayBuffer | Blob,
  options: FetchOptions,
): Promise<Uint8Array> {
  if (typeof file === 'string') return fetchBytes(file, options);
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new InputError(
      'model.missing',
      'The browser no longer has the file of the model; delete the model and add it again.',
    );
  }
}

async function fetchBytes(
  url: string,
  { onProgress, signal, fetch = globalThis.fetch }: FetchOptions,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw missing(url, `status ${response.status}`);
    return await readBody(response, onProgress);
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    throw error instanceof InputError ? error : missing(url, 'the connection failed');
  }
}

async function readBody(
  response: Response,
  onProgress: FetchOptions['onProgress'],
): Promise<Uint8Array> {
  const expected = Number(response.headers.get('content-length'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value);
    length += next.value.length;
    // A compressed answer is longer than its header says.
    if (expected > 0) onProgress?.(Math.min(1, length / expected));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const missing = (url: string, reason: string) =>
  new InputError(
    'model.missing',
    `The model could not be fetched from ${url} (${reason}); check that the file is there, or ask who installed the extension.`,
  );
