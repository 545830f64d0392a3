import type { IncomingMessage, ServerResponse } from 'node:http';

/** The page, its workers and the code that our plugins compile stay on this host: the browser enforces it. */
const CONTENT_POLICY = [
  "default-src 'self' data: blob:",
  "script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'self'",
].join('; ');

const ISOLATION = Object.freeze({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});

/** Sets what every answer carries. @param isolate whether WebAssembly threads are wanted */
export function setCommonHeaders(response: ServerResponse, isolate: boolean): void {
  response.setHeader('Content-Security-Policy', CONTENT_POLICY);
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (isolate) response.setHeaders(new Map(Object.entries(ISOLATION)));
}

/**
 * Whether a request names this computer as its host. A page of another site can resolve its own name to
 * 127.0.0.1 (DNS rebinding) and would then read the studies; its requests carry that name.
 */
export function namesThisComputer({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
}

/** Answers with one sentence of plain text. */
export function sendText(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

/** Answers with a generated text that the browser asks for anew each time. */
export function sendPage(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-cache',
  });
  response.end(text);
}
