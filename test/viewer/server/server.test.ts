import net, { type AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolders } from '../helpers/folder';
import { ask } from '../helpers/http';
import { viewers } from '../helpers/viewer';

const folder = temporaryFolders();
const start = viewers();

describe('files and pages', () => {
  test('types by which browsers run modules and WebAssembly', async () => {
    const { url } = await start(folder());
    const typeOf = async (path: string) => (await ask(url, path)).headers['content-type'];
    expect(await typeOf('/')).toMatch(/^text\/html/);
    expect(await typeOf('/app.js')).toMatch(/^text\/javascript/);
    expect(await typeOf('/plugins/extension/ours.mjs')).toMatch(/^text\/javascript/);
    expect(await typeOf('/codec.wasm')).toBe('application/wasm');
    expect(await typeOf('/app-config.js')).toMatch(/^text\/javascript/);
  });

  test('a route of the app is answered with its page, a missing file is not', async () => {
    const { url } = await start(folder());
    const page = (await ask(url, '/')).text;
    expect((await ask(url, '/vessels?StudyInstanceUIDs=1.2.3')).text).toBe(page);
    expect((await ask(url, '/vessels/pacs')).text).toBe(page);
    for (const path of ['/none.js', '/plugins/extension/none.mjs', '/plugins/extension/'])
      expect((await ask(url, path)).status).toBe(404);
  });

  test('nothing outside of the folders is reached', async () => {
    const { url } = await start(folder());
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/plugins/extension/../../secret.txt',
      '/plugins/extension/..%2f..%2fsecret.txt',
    ]) {
      const { status, text } = await ask(url, path);
      expect([path, status, text.includes('secret')]).toEqual([path, 404, false]);
    }
    expect((await ask(url, '/%E0%A4')).status).toBe(400);
  });

  test('what the browser has is not sent again', async () => {
    const { url } = await start(folder());
    const { headers, body } = await ask(url, '/codec.wasm');
    expect(body).toHaveLength(4);
    const again = await ask(url, '/codec.wasm', { headers: { 'If-None-Match': headers.etag } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test('files are only read', async () => {
    const { url } = await start(folder());
    expect((await ask(url, '/app.js', { method: 'POST' })).status).toBe(405);
    expect((await ask(url, '/app.js', { method: 'HEAD' })).body).toHaveLength(0);
  });
});

describe('a path on the host', () => {
  test('everything is below it, and the root leads there', async () => {
    const { url } = await start(folder(), { base: '/a/b/' });
    expect(new URL(url).pathname).toBe('/a/b/');
    expect((await ask(url, '/a/b/')).text).toContain('src="/a/b/app.js"');
    expect((await ask(url, '/a/b/app.js')).text).toBe('__webpack_require__.p = "/a/b/";');
    expect((await ask(url, '/a/b/plugins/extension/ours.mjs')).status).toBe(200);
    expect((await ask(url, '/a/b/dicomweb/studies')).text).toBe('[]');
    for (const path of ['/', '/a/b']) {
      const { status, headers } = await ask(url, path);
      expect([status, headers.location]).toEqual([302, '/a/b/']);
    }
    expect((await ask(url, '/app.js')).status).toBe(404);
  });
});

describe('headers', () => {
  test('isolated when it is wanted, and not otherwise', async () => {
    const isolated = (await ask((await start(folder())).url, '/')).headers;
    expect(isolated['cross-origin-opener-policy']).toBe('same-origin');
    expect(isolated['cross-origin-embedder-policy']).toBe('require-corp');
    const plain = (await ask((await start(folder(), { isolate: false })).url, '/')).headers;
    expect(plain['cross-origin-opener-policy']).toBeUndefined();
    expect(plain['cross-origin-embedder-policy']).toBeUndefined();
  });

  test('the page may ask no other host', async () => {
    const { headers } = await ask((await start(folder())).url, '/');
    expect(headers['content-security-policy']).toMatch(/^default-src 'self' data: blob:/);
    expect(headers['content-security-policy']).not.toMatch(/http|\*/);
  });

  test('a foreign name in the Host header is refused', async () => {
    const { url } = await start(folder());
    const status = async (host: string) =>
      (await ask(url, '/dicomweb/studies', { headers: { Host: host } })).status;
    expect(await status('evil.example')).toBe(403);
    expect(await status('127.0.0.1.evil.example')).toBe(403);
    expect(await status('localhost:3000')).toBe(200);
  });
});

describe('the port', () => {
  const occupied = () =>
    new Promise<net.Server>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => resolve(server));
    });

  test('a taken port is an error when it was asked for, else the next free one serves', async () => {
    const other = await occupied();
    const { port } = other.address() as AddressInfo;
    try {
      await expect(start(folder(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
      const viewer = await start(folder(), { port, portAsked: false });
      expect(Number(new URL(viewer.url).port)).toBeGreaterThan(port);
    } finally {
      other.close();
    }
  });
});
