import { expect, jest, test } from '@jest/globals';
import { loadModelFile } from '@vessels/inference/modelFile';
import { CancelledError } from '@vessels/volume/errors';
import { tiny } from './helpers/models';

const URL_OF_MODEL = 'https://viewer.example/models/tiny.onnx';
const buffer = tiny.bytes.slice().buffer;
const answer = (response: Response | Error) =>
  jest.fn<typeof globalThis.fetch>(async () => {
    if (response instanceof Error) throw response;
    return response;
  });

test('a model is fetched, with progress', async () => {
  const parts: number[] = [];
  const headers = { 'content-length': String(tiny.bytes.length) };
  const bytes = await loadModelFile(URL_OF_MODEL, tiny.manifest, {
    fetch: answer(new Response(buffer, { headers })),
    onProgress: (part) => parts.push(part),
  });
  expect(bytes).toEqual(tiny.bytes);
  expect(parts[parts.length - 1]).toBe(1);
});

test('bytes at hand are checked as well', async () => {
  expect(await loadModelFile(buffer, tiny.manifest)).toEqual(tiny.bytes);
  await expect(loadModelFile(new ArrayBuffer(8), tiny.manifest)).rejects.toMatchObject({
    code: 'model.sha256',
    message: expect.stringContaining('tiny.onnx is not the file'),
  });
});

test('a file on disk is read, and told of when it is gone', async () => {
  expect(await loadModelFile(new Blob([buffer]), tiny.manifest)).toEqual(tiny.bytes);
  const gone = new Blob([buffer]);
  gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
  await expect(loadModelFile(gone, tiny.manifest)).rejects.toMatchObject({
    code: 'model.missing',
    message: expect.stringContaining('add it again'),
  });
});

test.each([
  ['status 404', new Response('nothing here', { status: 404 })],
  ['the connection failed', new TypeError('fetch failed')],
])('a model that cannot be fetched: %s', async (reason, response) => {
  const loading = loadModelFile(URL_OF_MODEL, tiny.manifest, { fetch: answer(response) });
  await expect(loading).rejects.toMatchObject({
    code: 'model.missing',
    message: expect.stringContaining(`${URL_OF_MODEL} (${reason})`),
  });
});

test('a cancelled fetch is a cancelled run', async () => {
  const abort = new AbortController();
  const fetch = jest.fn<typeof globalThis.fetch>(async () => {
    abort.abort();
    throw new DOMException('aborted', 'AbortError');
  });
  const loading = loadModelFile(URL_OF_MODEL, tiny.manifest, { fetch, signal: abort.signal });
  await expect(loading).rejects.toBeInstanceOf(CancelledError);
});
