import path from 'node:path';
import type { ModelManifest } from '@vessels/inference/manifest';
import type { BackendChoice } from '@vessels/workers/protocol';
import { launch } from '../../test/e2e/helpers/browser';
import { startServer } from '../server';
import type { BenchCase } from './cases';
import type { PageRequest, PageResult } from './page';
import { VOXEL_TYPES, type VoxelType } from './voxelTypes';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = Object.freeze({
  '/bench/': path.join(ROOT, 'bench/dist'),
  '/ort/': path.join(ROOT, 'extension/dist/ort'),
  '/models/': path.join(ROOT, 'models'),
});
/** Components below this are dropped, mm³, as the viewer does. */
export const MIN_COMPONENT = 10;

export interface BrowserRun extends PageResult {
  readonly mask: Uint8Array;
}

/** A page, cross-origin isolated, that runs the product's worker on cases. */
export async function openBenchPage(webgpu: boolean) {
  const server = await startServer('/bench/page.mjs', FOLDERS);
  const session = await launch({ webgpu });
  await session.page.goto(server.url);
  await session.page.waitForFunction(() => 'runPipelineBench' in globalThis);

  return {
    async run(
      { name, image }: Pick<BenchCase, 'name' | 'image'>,
      manifest: ModelManifest,
      backend: BackendChoice,
    ): Promise<BrowserRun> {
      const { data, geometry } = image;
      const place = `/voxels/${name}`;
      server.offered.set(place, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      const type = data.constructor.name as VoxelType;
      if (!(type in VOXEL_TYPES)) throw new Error(`${name}: voxels of type ${type}`);
      const request: PageRequest = {
        voxels: `${server.url}${place}`,
        type,
        geometry,
        manifest,
        model: `${server.url}/models/${manifest.file}`,
        runtimeBase: `${server.url}/ort/`,
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
      return { ...result, mask: server.received.get(place)! };
    },
    async close() {
      await session.close();
      server.close();
    },
  };
}
