import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { appConfig } from '../appConfig';
import type { DicomwebService } from '../dicomweb/service';
import type { ViewerOptions } from '../options';
import { fileIn, sendFile } from './files';
import { namesThisComputer, sendPage, sendText, setCommonHeaders } from './headers';
import { indexPage } from './hostPath';
import { proxy } from './proxy';

/** Folders of what is served, absolute. */
export interface Folders {
  /** OHIF's build. */
  readonly ohif: string;
  /** Built files of the plugins by the path below which they are served. */
  readonly plugins: Readonly<Record<string, string>>;
}

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A request to a path below the base of the viewer. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path below the base, decoded, without a leading slash. */
  readonly rest: string;
  /** The same with the query, as it was sent. */
  readonly raw: string;
  /** Address of the viewer as the browser knows it, with a slash at the end. */
  readonly own: string;
}

type Route = (exchange: Exchange) => void | Promise<void>;

const after = (text: string, prefix: string) => text.slice(prefix.length);

/** Services below their prefixes: they answer all methods. */
function serviceRoutes(pacs: URL | undefined, dicomweb: DicomwebService): [string, Route][] {
  return [
    [
      'dicomweb/',
      ({ request, response, rest, own }) =>
        dicomweb.handle(request, response, after(rest, 'dicomweb/'), `${own}dicomweb`),
    ],
    [
      'pacs/',
      ({ request, response, raw, own }) =>
        pacs
          ? proxy(pacs, after(raw, 'pacs/'), `${own}pacs`, request, response)
          : sendText(response, 404, 'No PACS was named; start the viewer with --pacs.'),
    ],
  ];
}

/** Files, and the page of the app for every path that names none: the app has routes of its own. */
function fileRoute({ ohif, plugins }: Folders, { base, pacs }: ViewerOptions): Route {
  const page = indexPage(fs.readFileSync(path.join(ohif, 'index.html'), 'utf8'), base);
  const config = appConfig({ base, pacs: pacs !== undefined });
  return ({ request, response, rest }) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'Only GET and HEAD are answered here.');
    if (rest === 'app-config.js') return sendPage(response, 'text/javascript', config);
    if (rest === '' || rest === 'index.html') return sendPage(response, 'text/html', page);
    const plugin = Object.keys(plugins).find((prefix) => rest.startsWith(prefix));
    const file = plugin ? fileIn(plugins[plugin], after(rest, plugin)) : fileIn(ohif, rest);
    if (file) return sendFile(request, response, file, base);
    if (plugin || /\.[a-z]\w*$/i.test(rest))
      return sendText(response, 404, 'There is no such file here.');
    return sendPage(response, 'text/html', page);
  };
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

/**
 * The handler of all requests: the services, the plugins and OHIF, below the base path.
 * @throws Error when OHIF's build is not there
 */
export function makeHandler(
  folders: Folders,
  options: ViewerOptions,
  dicomweb: DicomwebService,
): Handler {
  const services = serviceRoutes(options.pacs, dicomweb);
  const files = fileRoute(folders, options);
  const { base } = options;
  return (request, response) => {
    setCommonHeaders(response, options.isolate);
    if (!namesThisComputer(request))
      return sendText(response, 403, 'This viewer answers only to 127.0.0.1 and localhost.');
    const url = new URL(`http://127.0.0.1${request.url}`);
    const name = decoded(url.pathname);
    if (name === undefined) return sendText(response, 400, 'The address is not well encoded.');
    if (base !== '/' && (name === '/' || `${name}/` === base))
      return void response.writeHead(302, { Location: base }).end();
    if (!name.startsWith(base)) return sendText(response, 404, `The viewer is at ${base}`);
    const exchange: Exchange = {
      request,
      response,
      rest: after(name, base),
      raw: after(url.pathname + url.search, base),
      own: `http://${request.headers.host}${base}`,
    };
    const service = services.find(([prefix]) => exchange.rest.startsWith(prefix));
    return (service?.[1] ?? files)(exchange);
  };
}
