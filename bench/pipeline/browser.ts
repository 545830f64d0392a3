import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { BackendChoice } from '@vessels/workers/protocol';
import { launch } from '../../test/e2e/helpers/browser';
import type { BenchCase } from './cases';
import type { PageRequest, PageResult } from './page';
import { VOXEL_TYPES, type VoxelType } from './voxelTypes';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = Object.freeze({
  '/bench/': path.join(ROOT, 'bench/dist'),
  '/ort/': path.join(ROOT, 'extension/dist/ort'),
  '/models/': path.join(ROOT, 'models'),
});
const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});

/** Components below this are dropped, mm³, as the viewer does. */
export const MIN_COMPONENT = 10;

export interface BrowserRun extends PageResult {
  readonly mask: Uint8Array;
}

/** A page, cross-origin isolated, that runs the product's worker on cases. */
export async function openBenchPage(webgpu: boolean) {
  const voxels = new Map<string, Uint8Array>();
  const masks = new Map<string, Uint8Array>();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://127.0.0.1');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        masks.set(pathname, new Uint8Array(Buffer.concat(parts)));
        response.end();
      });
      return;
    }
    if (voxels.has(pathname)) return void response.end(voxels.get(pathname));
    const folder = Object.entries(FOLDERS).find(([prefix]) => pathname.startsWith(prefix));
    const file = folder && path.join(folder[1], path.basename(pathname));
    if (file && fs.existsSync(file)) {
      response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
      return void fs.createReadStream(file).pipe(response);
    }
    response.setHeader('Content-Type', 'text/html');
    response.end(
      '<!doctype html><title>bench</title><script type="module" src="/bench/page.mjs"></script>',
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = await launch({ webgpu });
  await session.page.goto(url);
  await session.page.waitForFunction(() => 'runPipelineBench' in globalThis);

  return {
    async run(
      { name, image }: BenchCase,
      manifest: ModelManifest,
      backend: BackendChoice,
    ): Promise<BrowserRun> {
      const { data, geometry } = image;
      const place = `/voxels/${name}`;
      voxels.set(place, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      const type = data.constructor.name as VoxelType;
      if (!(type in VOXEL_TYPES)) throw new Error(`${name}: voxels of type ${type}`);
      const request: PageRequest = {
        voxels: `${url}${place}`,
        type,
        geometry,
        manifest,
        model: `${url}/models/${manifest.file}`,
        runtimeBase: `${url}/ort/`,
        minComponent: MIN_COMPONENT,
        backend,
      };
      const result = await session.page.evaluate(
        (r) =>
          (
            globalThis as unknown as { runPipelineBench(r: PageRequest): Promise<PageResult> }
          ).runPipelineBench(r),
        request,
      );
      return { ...result, mask: masks.get(place)! };
    },
    async close() {
      await session.close();
      server.close();
    },
  };
}
