import path from 'node:path';
import { expect, test } from '@playwright/test';
import { main } from '../../src/cli/vesselsModel';
import { agreementOf, readPredicted } from '../proof/agreement';
import { launch, shot, type Session } from './helpers/browser';
import { BROKEN, filesOf, shownMask, writeBroken } from './helpers/models';
import { cy, openStudy } from './helpers/panel';
import { ROOT, temporaryFolder } from './helpers/paths';
import { writeSeries } from './helpers/series';
import { addModel } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

const FIXTURE = path.join(ROOT, 'test/fixtures/nnunet');

/** A hospital's nnU-Net: imported, added in the viewer, run, kept, deleted. */
test.describe.serial('an imported nnU-Net', () => {
  const folder = temporaryFolder();
  const imported = path.join(folder.path, 'imported');
  const predicted = readPredicted(FIXTURE);
  let viewer: Viewer;
  let study: StudyEntry;
  let session: Session;

  async function open(options: { webgpu: boolean; width: number }): Promise<void> {
    await session?.close();
    session = await launch({ ...options, height: options.width === 1920 ? 1080 : 800 });
    // nnU-Net drops no small components, so neither do we when both are compared.
    await session.page.route('**/app-config.js', async (route) => {
      const answer = await route.fetch();
      const settings = { minComponent: 0, backend: options.webgpu ? 'webgpu' : 'auto' };
      const body = `${await answer.text()}\nwindow.config.vessels = ${JSON.stringify(settings)};`;
      await route.fulfill({ response: answer, body });
    });
    // The bundled nets are too large for a software adapter, and would be timed first.
    if (options.webgpu)
      await session.page.route('**/models/index.json', (route) => route.fulfill({ json: [] }));
    await openStudy(session.page, viewer.url, study.uid);
  }

  async function runAndCompare(): Promise<void> {
    const { page } = session;
    await cy(page, 'vessels-run').click();
    await expect(cy(page, 'vessels-volume')).toBeVisible({ timeout: 6 * 60_000 });
    const mask = Uint8Array.from(await shownMask(page), (v) => (v ? 255 : 0));
    const isVessel = (i: number) => predicted.labels[i]! > 0;
    const { agreement, dice, vessels } = agreementOf(mask, isVessel, { threshold: 0.5 });
    expect(vessels).toBeGreaterThan(100);
    expect(agreement).toBeGreaterThanOrEqual(0.999);
    expect(dice).toBeGreaterThanOrEqual(0.99);
  }

  const chosen = () => cy(session.page, 'vessels-model').locator('option:checked');

  test.beforeAll(async () => {
    expect(
      await main(['import-nnunet', FIXTURE, '--out', imported, '--licence', 'CC BY 4.0']),
    ).toBe(0);
    const { data, geometry } = predicted.volume;
    writeSeries(folder.path, { data: Int16Array.from(data), geometry }, { name: 'nnunet' });
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    await open({ webgpu: false, width: 1280 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  test('shows its card and licence before it is used', async () => {
    const { page } = session;
    await cy(page, 'vessels-model-files').setInputFiles(filesOf(imported));
    await expect(cy(page, 'vessels-candidate-licence')).toHaveText('CC BY 4.0');
    await expect(cy(page, 'vessels-model-card')).toContainText('thick vessel: counts as vessel');
    await expect(chosen()).toContainText('Vessels in MR angiograms');
    await shot(page, 'model-candidate');
    await cy(page, 'vessels-decline-model').click();
    await expect(cy(page, 'vessels-candidate')).toHaveCount(0);
    await expect(cy(page, 'vessels-kept')).toHaveCount(0);
  });

  for (const broken of BROKEN)
    test(`is refused in one sentence: ${broken.name}`, async () => {
      const { page } = session;
      const files = writeBroken(imported, path.join(folder.path, broken.name), broken);
      await cy(page, 'vessels-model-files').setInputFiles(files);
      const error = cy(page, 'vessels-error');
      await expect(error).toHaveText(broken.says);
      await expect(error).toHaveText(/^[^.].*\.$/);
      await shot(page, `model-refused-${broken.name.replaceAll(' ', '-')}`);
      await expect(chosen()).toContainText('Vessels in MR angiograms');
      await expect(cy(page, 'vessels-candidate')).toHaveCount(0);
    });

  test('is not kept where the browser has no room, and can be kept later', async () => {
    const { page } = session;
    const devtools = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await cy(page, 'vessels-model-files').setInputFiles(filesOf(imported));
    await cy(page, 'vessels-keep-model').click();
    await expect(cy(page, 'vessels-error')).toContainText('for which the browser has no room');
    await expect(chosen()).toContainText('Vessels in MR angiograms');
    await shot(page, 'model-quota');
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await cy(page, 'vessels-keep-model').click();
    await expect(chosen()).toContainText('Dataset905_tiny');
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
  });

  test('finds what nnU-Net found', async () => {
    await runAndCompare();
    await shot(session.page, 'model-result');
  });

  test('is there after a reload, with its size', async () => {
    const { page } = session;
    await page.reload();
    await expect(cy(page, 'vessels-kept-model')).toContainText('Dataset905_tiny 1.0.0');
    await expect(cy(page, 'vessels-kept-model')).toContainText('0.1 MB');
    await cy(page, 'vessels-model').selectOption({ label: 'Dataset905_tiny 1.0.0' });
    await expect(cy(page, 'vessels-plan')).toContainText('tiles');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await shot(page, 'model-kept-1920');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('is deleted once the user is sure', async () => {
    const { page } = session;
    await cy(page, 'vessels-delete-model').focus();
    await page.keyboard.press('Enter');
    await expect(cy(page, 'vessels-delete-no')).toBeFocused();
    await shot(page, 'model-delete');
    await page.keyboard.press('Escape');
    await expect(cy(page, 'vessels-kept-model')).toBeVisible();
    await cy(page, 'vessels-delete-model').click();
    await cy(page, 'vessels-delete-yes').click();
    await expect(cy(page, 'vessels-kept')).toHaveCount(0);
    await expect(chosen()).toContainText('Vessels in MR angiograms');
    await page.reload();
    await expect(chosen()).toContainText('Vessels in MR angiograms');
    await expect(cy(page, 'vessels-kept')).toHaveCount(0);
  });

  test('finds the same on WebGPU', async () => {
    await open({ webgpu: true, width: 1920 });
    await addModel(session.page, filesOf(imported));
    await runAndCompare();
    await expect(cy(session.page, 'vessels-backend')).toContainText('WebGPU');
    await shot(session.page, 'model-webgpu-1920');
  });
});
