import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});

/** A server of this computer alone, for a bench's page; cross-origin isolated. */
export interface BenchServer {
  readonly url: string;
  /** What is served besides the folders: bytes, or the path of a file, by pathname. */
  readonly offered: Map<string, Uint8Array | string>;
  /** What the page has PUT, by pathname. */
  readonly received: Map<string, Uint8Array>;
  close(): void;
}

/**
 * @param script pathname of the page's module
 * @param folders by the beginning of their pathnames
 */
export async function startServer(
  script: string,
  folders: Readonly<Record<string, string>>,
): Promise<BenchServer> {
  const offered = new Map<string, Uint8Array | string>();
  const received = new Map<string, Uint8Array>();
  const fileOf = (pathname: string): string | undefined => {
    const folder = Object.entries(folders).find(([prefix]) => pathname.startsWith(prefix));
    return folder && path.join(folder[1], path.basename(pathname));
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://127.0.0.1');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.set(pathname, new Uint8Array(Buffer.concat(parts)));
        response.end();
      });
      return;
    }
    const content = offered.get(pathname) ?? fileOf(pathname);
    if (content instanceof Uint8Array) return void response.end(content);
    if (content && fs.existsSync(content)) {
      response.setHeader(
        'Content-Type',
        TYPES[path.extname(content)] ?? 'application/octet-stream',
      );
      return void fs.createReadStream(content).pipe(response);
    }
    response.setHeader('Content-Type', 'text/html');
    response.end(
      `<!doctype html><title>bench</title><script type="module" src="${script}"></script>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    offered,
    received,
    close: () => server.close(),
  };
}
