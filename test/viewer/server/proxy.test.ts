import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { temporaryFolders } from '../helpers/folder';
import { ask } from '../helpers/http';
import { viewers } from '../helpers/viewer';

const folder = temporaryFolders();
const start = viewers();
const open: http.Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A PACS that answers as it is told. */
async function pacs(answer: http.RequestListener): Promise<URL> {
  const server = http.createServer(answer);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`);
}

describe('the way to the PACS', () => {
  test('path, query, method, type and body arrive; cookies and origin do not', async () => {
    const seen: unknown[] = [];
    const root = await pacs(async (request, response) => {
      const { cookie, origin, accept } = request.headers;
      seen.push([request.method, request.url, await text(request), cookie, origin, accept]);
      response.writeHead(409, { 'Content-Type': 'application/octet-stream', 'Set-Cookie': 'a=b' });
      response.end('refused');
    });
    const { url } = await start(folder(), { pacs: root, base: '/v/' });
    const headers = { Cookie: 'x=y', Origin: 'http://o', Accept: 'a/b', 'Content-Type': 'c/d' };
    const answer = await ask(url, '/v/pacs/studies?PatientName=%2AA%2A', {
      method: 'POST',
      headers,
      body: Buffer.from('object'),
    });
    expect(seen).toEqual([
      ['POST', '/dicom-web/studies?PatientName=%2AA%2A', 'object', undefined, undefined, 'a/b'],
    ]);
    expect([answer.status, answer.text]).toEqual([409, 'refused']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('addresses of the PACS in JSON become ours; other bodies stay as they are', async () => {
    const root = await pacs((request, response) => {
      const type = request.url?.endsWith('json') ? 'application/dicom+json' : 'application/dicom';
      response.writeHead(200, { 'Content-Type': type });
      response.end(`http://${request.headers.host}/dicom-web/studies/1`);
    });
    const { url } = await start(folder(), { pacs: root });
    expect((await ask(url, '/pacs/json')).text).toBe(`http://${new URL(url).host}/pacs/studies/1`);
    expect((await ask(url, '/pacs/object')).text).toBe(`${root.href}/studies/1`);
  });

  test('a name and a password are sent as Basic authorization', async () => {
    const root = await pacs((request, response) => response.end(request.headers.authorization));
    root.username = 'me';
    root.password = 'p@ss';
    const { url } = await start(folder(), { pacs: root });
    expect((await ask(url, '/pacs/x')).text).toBe(`Basic ${btoa('me:p@ss')}`);
  });

  test('a PACS that is not there: 502 and one sentence', async () => {
    const root = await pacs(() => undefined);
    await new Promise((resolve) => open.splice(0)[0].close(resolve));
    const { url } = await start(folder(), { pacs: root });
    const { status, text: sentence } = await ask(url, '/pacs/studies');
    expect(status).toBe(502);
    expect(sentence).toBe(
      `The PACS at ${root.host} was not reached (ECONNREFUSED); is it running?\n`,
    );
  });

  test('without a PACS there is no way', async () => {
    const { url } = await start(folder());
    expect((await ask(url, '/pacs/studies')).status).toBe(404);
  });
});
