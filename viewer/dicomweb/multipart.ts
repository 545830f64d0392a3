import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One part of a multipart/related body. */
export interface Part {
  readonly type: string;
  readonly body: Buffer;
}

const parameter = (contentType: string, name: string) =>
  new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(contentType)?.[1];

/**
 * Takes a multipart/related body apart (RFC 2387). Parts are views of the body, not copies.
 * @param contentType of the body, with its boundary
 * @returns undefined when there is no boundary or the last one is missing: the body is not whole
 */
export function splitMultipart(body: Buffer, contentType: string): Part[] | undefined {
  const boundary = parameter(contentType, 'boundary');
  if (!boundary) return undefined;
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  // the first delimiter opens the body or follows a line end; the others always follow one
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const line = at + delimiter.length;
    if (body.toString('latin1', line, line + 2) === '--') return parts;
    const headEnd = body.indexOf('\r\n\r\n', line);
    if (headEnd < 0) return undefined;
    const next = body.indexOf(Buffer.from(`\r\n--${boundary}`), headEnd + 2);
    if (next < 0) return undefined;
    const head = body.toString('latin1', line, headEnd);
    const type =
      /^content-type:\s*([^\r\n]*)/im.exec(head)?.[1] ?? parameter(contentType, 'type') ?? '';
    parts.push({
      type: type.trim(),
      body: body.subarray(headEnd + 4, Math.max(next, headEnd + 4)),
    });
    at = next + 2;
  }
  return undefined;
}

const written = (response: ServerResponse, chunk: Buffer | string) =>
  new Promise<void>((resolve, reject) => {
    response.write(chunk, (error) => (error ? reject(error) : resolve()));
  });

/**
 * Answers with multipart/related, one part after the other: only one is held in memory.
 * @param type media type of the parts, without parameters
 * @param parameters of the media type of each part, e.g. `; transfer-syntax=1.2.840.10008.1.2.1`
 */
export async function sendMultipart(
  response: ServerResponse,
  type: string,
  parameters: string,
  bodies: Iterable<Buffer | Promise<Buffer>>,
): Promise<void> {
  const boundary = randomUUID();
  response.setHeader('Content-Type', `multipart/related; type="${type}"; boundary=${boundary}`);
  for (const body of bodies) {
    const bytes = await body;
    await written(response, `--${boundary}\r\nContent-Type: ${type}${parameters}\r\n\r\n`);
    await written(response, bytes);
    await written(response, '\r\n');
  }
  response.end(`--${boundary}--\r\n`);
}
