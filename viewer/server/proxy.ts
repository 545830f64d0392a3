import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { sendText } from './headers';

/** What a DICOMweb request and answer need; cookies, origins and hop-by-hop headers stay here. */
const REQUEST_HEADERS = ['accept', 'content-type', 'content-length', 'range', 'if-none-match'];
const RESPONSE_HEADERS = ['content-type', 'content-length', 'etag', 'content-range', 'retry-after'];

const pick = (headers: http.IncomingHttpHeaders, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => headers[name]).map((name) => [name, headers[name]]));

const withoutSlash = (url: string) => url.replace(/\/$/, '');

function open(target: URL, request: http.IncomingMessage): Promise<http.IncomingMessage> {
  const auth = target.username && `${target.username}:${target.password}`;
  const options: http.RequestOptions = {
    method: request.method,
    headers: pick(request.headers, REQUEST_HEADERS),
    ...(auth && { auth: decodeURIComponent(auth) }),
  };
  const upstream = (target.protocol === 'https:' ? https : http).request(target, options);
  return new Promise((resolve, reject) => {
    upstream.on('response', resolve).on('error', reject);
    pipeline(request, upstream).catch(reject);
  });
}

/**
 * Passes a request to a PACS that sends no CORS headers and streams its answer back. Addresses of the PACS in
 * JSON (BulkDataURI, RetrieveURL) are replaced with ours, since the browser reaches only this host.
 * @param root the PACS' DICOMweb root
 * @param rest path and query of the request below our own root, without a leading slash
 * @param own our root as the browser knows it, e.g. http://127.0.0.1:3000/pacs
 */
export async function proxy(
  root: URL,
  rest: string,
  own: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  let answer: http.IncomingMessage;
  try {
    answer = await open(new URL(`${withoutSlash(root.href)}/${rest}`), request);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    sendText(response, 502, `The PACS at ${root.host} was not reached (${reason}); is it running?`);
    return;
  }
  const headers = pick(answer.headers, RESPONSE_HEADERS);
  if (!/json/.test(answer.headers['content-type'] ?? '')) {
    response.writeHead(answer.statusCode ?? 502, headers);
    await pipeline(answer, response);
    return;
  }
  const theirs = withoutSlash(`${root.protocol}//${root.host}${root.pathname}`);
  const body = Buffer.from((await text(answer)).replaceAll(theirs, own));
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length });
  response.end(body);
}
