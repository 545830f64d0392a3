import fs from 'node:fs';
import path from 'node:path';
import { afterEach } from '@jest/globals';
import type { ViewerOptions } from '../../../viewer/options';
import { type RunningViewer, startViewer } from '../../../viewer/server/server';

const PAGE = '<html><head><script src="/app.js"></script></head></html>';

/** A stand-in for OHIF's build and for ours: the server only passes the files on. */
function makeFolders(root: string) {
  const ohif = path.join(root, 'ohif');
  const extension = path.join(root, 'extension');
  for (const folder of [ohif, extension]) fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(ohif, 'index.html'), PAGE);
  fs.writeFileSync(path.join(ohif, 'app.js'), '__webpack_require__.p = "/";');
  fs.writeFileSync(path.join(ohif, 'codec.wasm'), Buffer.from([0, 97, 115, 109]));
  fs.writeFileSync(path.join(extension, 'ours.mjs'), 'export default 1;');
  fs.writeFileSync(path.join(root, 'secret.txt'), 'secret');
  return { ohif, plugins: { 'plugins/extension/': extension } };
}

/** @returns a function that starts a viewer on a free port; it ends after the test */
export function viewers(): (
  root: string,
  options?: Partial<ViewerOptions>,
) => Promise<RunningViewer & { readonly lines: string[] }> {
  const running: RunningViewer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((viewer) => viewer.close()));
  });
  return async (root, options = {}) => {
    const lines: string[] = [];
    const viewer = await startViewer(
      makeFolders(root),
      {
        port: 0,
        portAsked: true,
        base: '/',
        isolate: true,
        data: path.join(root, 'data'),
        ...options,
      },
      (line) => lines.push(line),
    );
    running.push(viewer);
    return { ...viewer, lines };
  };
}
