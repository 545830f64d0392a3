import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DicomwebService } from '../dicomweb/service';
import { InstanceStore } from '../dicomweb/store';
import type { ViewerOptions } from '../options';
import { sendText } from './headers';
import { type Folders, type Handler, makeHandler } from './routes';

/** @param root of the repository, where setup has put the viewer and the builds */
export const foldersIn = (root: string): Folders => ({
  ohif: path.join(root, '.cache/ohif/dist'),
  plugins: {
    'plugins/extension/': path.join(root, 'extension/dist'),
    'plugins/mode/': path.join(root, 'mode/dist'),
  },
});

/** A viewer that serves. */
export interface RunningViewer {
  /** Its address, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
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

function answering(handle: Handler, log: (line: string) => void): http.RequestListener {
  return async (request, response) => {
    try {
      await handle(request, response);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // the browser left before the end of the answer
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || response.destroyed) return;
      log(`${request.method} ${request.url?.split('?')[0]} failed: ${message}`);
      sendText(response, 500, `The request failed: ${message}.`);
    }
  };
}

/**
 * Serves the viewer on 127.0.0.1: OHIF, our plugins, the embedded DICOMweb server and the way to the PACS.
 * @param log gets one line for everything that the person who started it should know
 * @throws the system's error when the port cannot be opened or the data folder cannot be used
 */
export async function startViewer(
  folders: Folders,
  options: ViewerOptions,
  log: (line: string) => void,
): Promise<RunningViewer> {
  const store = await InstanceStore.open(options.data, log);
  const handle = makeHandler(folders, options, new DicomwebService(store));
  const server = http.createServer(answering(handle, log));
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
