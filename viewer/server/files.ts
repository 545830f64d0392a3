import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { moveBelow, needsMoving } from './hostPath';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
});

/**
 * The file of a request path inside a folder.
 * @param relative decoded path of the request, without a leading slash
 * @returns undefined when there is no such file or it lies outside of the folder
 */
export function fileIn(folder: string, relative: string): string | undefined {
  const file = path.resolve(folder, relative);
  if (relative.includes('\0') || !file.startsWith(folder + path.sep)) return undefined;
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/**
 * Answers with a file, or with 304 when the browser has it. Files of OHIF's build are moved below the path of
 * the viewer on their way.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  base: string,
): Promise<void> {
  const { size, mtimeMs } = fs.statSync(file);
  const extension = path.extname(file);
  const moving = needsMoving(extension, base);
  const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}${moving ? base : ''}"`;
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('ETag', tag);
  response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  if (moving) {
    response.end(moveBelow(await fs.promises.readFile(file, 'utf8'), extension, base));
    return;
  }
  response.setHeader('Content-Length', size);
  if (request.method === 'HEAD') response.end();
  else await pipeline(fs.createReadStream(file), response);
}
