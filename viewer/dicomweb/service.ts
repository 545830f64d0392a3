import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sendText } from '../server/headers';
import { frameCount, frameFormat, readFrame } from './frames';
import type { Instance } from './model';
import { sendMultipart, splitMultipart } from './multipart';
import { type Level, search } from './qido';
import { storeAll } from './stow';
import type { InstanceStore, Selection } from './store';

/** What a path below the root of the service means. */
interface Target {
  readonly scope: Selection;
  /** What is searched for, when the path ends with the name of a level. */
  readonly level?: Level;
  readonly resource?: 'metadata' | 'frames';
  /** Frame numbers from 1. */
  readonly frames: readonly number[];
}

const UID = '([0-9.]{1,64})';
const RETRIEVE = new RegExp(
  `^studies/${UID}(?:/series/${UID}(?:/instances/${UID}(?:/(frames)/(\\d+(?:,\\d+)*))?)?)?(?:/(metadata))?$`,
);
const SEARCH = new RegExp(`^(?:studies/${UID}/)?(?:series/${UID}/)?(studies|series|instances)$`);

/** @returns undefined for a path that names nothing */
function targetOf(path: string): Target | undefined {
  const searched = SEARCH.exec(path);
  if (searched) {
    const [, study, series, level] = searched;
    return { scope: { study, series }, level: level as Level, frames: [] };
  }
  const retrieved = RETRIEVE.exec(path);
  if (!retrieved) return undefined;
  const [, study, series, sop, framesWord, numbers, metadataWord] = retrieved;
  return {
    scope: { study, series, sop },
    resource: (framesWord ?? metadataWord) as Target['resource'],
    frames: (numbers ?? '').split(',').map(Number),
  };
}

function sendJson(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/dicom+json',
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

/**
 * DICOMweb over a folder of Part 10 files: QIDO-RS for all levels, WADO-RS for instances, metadata and frames as
 * they are stored, STOW-RS without overwriting. No kept package does this from the npm registry alone: of the
 * OHIF community's static-wado only the file converter is published (it needs a compiled canvas), not the server.
 */
export class DicomwebService {
  constructor(private readonly store: InstanceStore) {}

  /**
   * @param path of the request below the root of the service, decoded, without a leading slash
   * @param root address of the service, e.g. http://127.0.0.1:3000/dicomweb
   */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    root: string,
  ): Promise<void> {
    const target = targetOf(path.replace(/\/$/, ''));
    if (!target) return sendText(response, 404, 'This is no resource of the DICOMweb server.');
    if (request.method === 'POST') return this.stow(request, response, target, root);
    if (request.method !== 'GET')
      return sendText(response, 405, 'The DICOMweb server answers GET and POST.');
    if (target.level) {
      const parameters = new URL(request.url ?? '/', root).searchParams;
      const found = search(this.store, target.level, target.scope, parameters, root);
      return sendJson(response, 200, JSON.stringify(found));
    }
    return this.wado(response, target);
  }

  private async wado(response: ServerResponse, target: Target): Promise<void> {
    const instances = this.store.select(target.scope);
    if (!instances.length) return sendText(response, 404, 'There is no such object.');
    if (target.resource === 'metadata')
      return sendJson(response, 200, `[${instances.map(({ metadata }) => metadata).join(',')}]`);
    if (target.resource === 'frames') return sendFrames(response, instances[0], target.frames);
    const files = lazily(instances, ({ file }) => fs.promises.readFile(file));
    return sendMultipart(response, 'application/dicom', '', files);
  }

  private async stow(
    request: IncomingMessage,
    response: ServerResponse,
    { level, scope, resource }: Target,
    root: string,
  ): Promise<void> {
    if ((level && level !== 'studies') || scope.series || resource)
      return sendText(response, 405, 'Objects are stored at studies or at studies/{study}.');
    const type = request.headers['content-type'] ?? '';
    if (!/^multipart\/related\b/i.test(type))
      return sendText(
        response,
        415,
        'Objects are stored as multipart/related; type="application/dicom".',
      );
    const parts = splitMultipart(await buffer(request), type);
    if (!parts?.length)
      return sendText(
        response,
        400,
        'The body is no complete multipart message, or holds no object.',
      );
    if (parts.some((part) => !/^application\/dicom(;|$)/i.test(part.type)))
      return sendText(response, 415, 'Only parts of type application/dicom are stored.');
    const bodies = parts.map(({ body }) => body);
    const answer = storeAll(this.store, bodies, scope.study, root);
    if (answer.warnings.length)
      response.setHeader('Warning', `299 dicomweb: ${answer.warnings.join(' ')}`);
    return sendJson(response, answer.status, JSON.stringify(answer.body));
  }
}

/** One result at a time, each made when it is asked for. */
function* lazily<T, R>(items: readonly T[], make: (item: T) => R): Generator<R> {
  for (const item of items) yield make(item);
}

function sendFrames(
  response: ServerResponse,
  instance: Instance,
  frames: readonly number[],
): void | Promise<void> {
  const count = frameCount(instance);
  if (frames.some((frame) => frame < 1 || frame > count))
    return sendText(response, 404, `The object has ${count} frames.`);
  const { type, transferSyntax } = frameFormat(instance);
  const bodies = lazily(frames, (frame) => readFrame(instance, frame));
  return sendMultipart(response, type, `; transfer-syntax=${transferSyntax}`, bodies);
}
