import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { configure, launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, segmentations, shownVoxels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { runTiny, TINY } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** A user's own model file, on WebGPU; the software adapter is slow, so net and volume are tiny. */
test.describe.serial("a user's model", () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let study: StudyEntry;
  let session: Session;

  async function open(webgpu: boolean): Promise<void> {
    await session?.close();
    session = await launch({ webgpu, width: 1280, height: 800 });
    // a software adapter is left aside unless the site asks for WebGPU
    await configure(session.page, { backend: webgpu ? 'webgpu' : 'auto' });
    // The bundled nets are too large for a software adapter, and would be timed first.
    if (webgpu)
      await session.page.route('**/models/index.json', (route) => route.fulfill({ json: [] }));
    await openStudy(session.page, viewer.url, study.uid);
  }

  test.beforeAll(async () => {
    writeSeries(folder.path, tube([32, 32, 20]), { name: 'tube' });
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  test('runs on WebGPU and on WASM with the same vessels', async () => {
    await open(true);
    const onGpu = await runTiny(session.page);
    await expect(cy(session.page, 'vessels-backend')).toContainText('WebGPU');
    await shot(session.page, 'tiny-webgpu');
    await open(false);
    const onWasm = await runTiny(session.page);
    await expect(cy(session.page, 'vessels-backend')).toContainText('WASM');
    expect(onGpu.count).toBeGreaterThan(0);
    expect(onGpu).toEqual(onWasm);
  });

  test('run again replaces the result: the same vessels, one segmentation, no second worker', async () => {
    const { page } = session;
    const before = await shownVoxels(page);
    const ours = () => page.workers().filter((worker) => worker.url().includes('/plugins/')).length;
    const workers = ours();
    expect(workers).toBeGreaterThan(0);
    for (let again = 0; again < 3; again++) {
      const started = whenRunning(page);
      await cy(page, 'vessels-run').click();
      await started;
      await expect(cy(page, 'vessels-run')).toBeEnabled();
    }
    expect(await shownVoxels(page)).toEqual(before);
    expect(await segmentations(page)).toBe(1);
    expect(ours()).toBe(workers);
  });

  test('is refused in one sentence when its file is corrupt, and the result stays', async () => {
    const { page } = session;
    const before = await shownVoxels(page);
    const [model, manifest] = ['tiny.onnx', 'tiny.json'].map((name) =>
      path.join(folder.path, name),
    ) as [string, string];
    fs.writeFileSync(model, 'not a model');
    fs.writeFileSync(manifest, fs.readFileSync(TINY[1]!, 'utf8').replace('1.0.0', '1.0.1'));
    await cy(page, 'vessels-model-files').setInputFiles([model, manifest]);
    await expect(cy(page, 'vessels-error')).toContainText('tiny.onnx is not the file');
    await expect(cy(page, 'vessels-model').locator('option:checked')).toContainText(
      'Tiny test net 1.0.0',
    );
    await shot(page, 'tiny-corrupt');
    expect(await shownVoxels(page)).toEqual(before);
  });
});

/** The run is too short to be seen by looking from time to time: the page itself tells when Cancel has come up. */
const whenRunning = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = (_: unknown, observer: MutationObserver) => {
          if (!document.querySelector('[data-cy="vessels-cancel"]')) return;
          observer.disconnect();
          resolve();
        };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      }),
  );
