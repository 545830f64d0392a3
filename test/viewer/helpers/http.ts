import http from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An answer with its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as text. */
  readonly text: string;
}

export interface Request {
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: Buffer;
}

/** Asks without the help that fetch gives: the path stays as it is, the Host header can be any, 302 is an answer. */
export function ask(root: string, path: string, request: Request = {}): Promise<Answer> {
  const { hostname, port } = new URL(root);
  const { method = 'GET', headers = {}, body } = request;
  return new Promise((resolve, reject) => {
    const sent = http.request({ hostname, port, path, method, headers }, async (response) => {
      const bytes = await buffer(response);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: bytes,
        text: bytes.toString(),
      });
    });
    sent.on('error', reject).end(body);
  });
}
