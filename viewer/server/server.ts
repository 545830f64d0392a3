import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { appConfig } from '../appConfig';
import { DicomwebService } from '../dicomweb/service';
import { InstanceStore } from '../dicomweb/store';
import type { ViewerOptions } from '../options';
import { fileIn, sendFile } from './files';
import { namesThisComputer, sendText, setCommonHeaders } from './headers';
import { indexPage } from './hostPath';
import { proxy } from './proxy';

const ROOT = path.resolve(import.meta.dirname, '../..');
const OHIF = path.join(ROOT, '.cache/ohif/dist');
const MOUNTS = Object.freeze({
  'plugins/extension/': path.join(ROOT, 'extension/dist'),
  'plugins/mode/': path.join(ROOT, 'mode/dist'),
});

/** A viewer that serves. */
export interface RunningViewer {
  /** Its address, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>;

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

function makeHandler(options: ViewerOptions, dicomweb: DicomwebService): Handler {
  const { base, isolate, pacs } = options;
  const page = indexPage(fs.readFileSync(path.join(OHIF, 'index.html'), 'utf8'), base);
  const config = appConfig({ base, pacs: pacs !== undefined });
  return async (request, response) => {
    setCommonHeaders(response, isolate);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!namesThisComputer(request))
      return sendText(response, 403, 'This viewer answers only to 127.0.0.1 and localhost.');
    if (url.pathname === '/' || `${url.pathname}/` === base) {
      if (base !== '/') return void response.writeHead(302, { Location: base }).end();
    }
    const name = decoded(url.pathname);
    if (!name?.startsWith(base)) return sendText(response, 404, `The viewer is at ${base}`);
    const rest = name.slice(base.length);
    const own = `http://${request.headers.host}${base}`;

    if (rest.startsWith('dicomweb/'))
      return dicomweb.handle(request, response, rest.slice('dicomweb/'.length), `${own}dicomweb`);
    if (rest.startsWith('pacs/') && pacs)
      return proxy(
        pacs,
        url.href.slice(url.origin.length + base.length + 5),
        `${own}pacs`,
        request,
        response,
      );
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET and HEAD are answered here.');
    if (rest === 'app-config.js') {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
      response.setHeader('Cache-Control', 'no-cache');
      return void response.end(config);
    }
    const mount = Object.entries(MOUNTS).find(([prefix]) => rest.startsWith(prefix));
    const file = mount ? fileIn(mount[1], rest.slice(mount[0].length)) : fileIn(OHIF, rest);
    if (file && rest !== 'index.html') return sendFile(request, response, file, base);
    // a path without a file is a page of the app: it has its own routes
    if (mount || (path.extname(rest).length > 1 && rest !== 'index.html'))
      return sendText(response, 404, `There is no ${rest} here.`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Cache-Control', 'no-cache');
    response.end(page);
  };
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function listenNear(server: http.Server, { port, portAsked }: ViewerOptions) {
  for (let tried = port; ; tried += 1) {
    try {
      return await listen(server, tried);
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || portAsked || tried >= port + 50) throw error;
    }
  }
}

/**
 * Serves the viewer on 127.0.0.1: OHIF, our plugins, the embedded DICOMweb server and the way to the PACS.
 * @param log gets one line for everything that the person who started it should know
 * @throws the system's error when the port cannot be opened
 */
export async function startViewer(
  options: ViewerOptions,
  log: (line: string) => void,
): Promise<RunningViewer> {
  const store = await InstanceStore.open(options.data, log);
  const handle = makeHandler(options, new DicomwebService(store));
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: NodeJS.ErrnoException) => {
      // the browser left before the end of the answer
      if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      log(`${request.method} ${request.url?.split('?')[0]}: ${error.message}`);
      sendText(response, 500, `The request failed: ${error.message}`);
    });
  });
  const port = await listenNear(server, options);
  return {
    url: `http://127.0.0.1:${port}${options.base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
