import { expect, test, type Page } from '@playwright/test';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, segmentations, shownVoxels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { runTiny } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** What may happen in the middle of a run: afterwards study, result and viewer are as they were, and a run works. */
test.describe.serial('in the middle of a run', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let study: StudyEntry;
  let before: { count: number; hash: number };

  test.beforeAll(async () => {
    writeSeries(folder.path, tube([128, 128, 64]), { name: 'tube' });
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
    await openStudy(session.page, viewer.url, study.uid);
    before = await runTiny(session.page);
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  /** Presses Run, and waits for the tiles. */
  async function intoTheTiles(page: Page): Promise<void> {
    await cy(page, 'vessels-run').click();
    await expect(cy(page, 'vessels-status')).toHaveText('Finding vessels');
  }

  /** The worker of the extension, apart from ONNX Runtime's own. */
  const ourWorker = (page: Page) =>
    page.workers().find((one) => /\/plugins\/(?!.*\/ort\/)/.test(one.url()))!;

  async function runsAgain(page: Page): Promise<void> {
    await cy(page, 'vessels-run').click();
    await expect(cy(page, 'vessels-progress')).toBeVisible();
    await expect(cy(page, 'vessels-progress')).toHaveCount(0, { timeout: 120_000 });
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
    expect(await shownVoxels(page)).toEqual(before);
  }

  test('the worker crashes: the reason stands in the panel, the result stays, the next run has a new worker', async () => {
    const { page } = session;
    const volume = await cy(page, 'vessels-volume').innerText();
    await intoTheTiles(page);
    await ourWorker(page).evaluate(() => {
      setTimeout(() => {
        throw new Error('broken');
      });
    });
    await expect(cy(page, 'vessels-error')).toContainText('stopped unexpectedly');
    await shot(page, 'fault-crash');
    await expect(cy(page, 'vessels-volume')).toHaveText(volume);
    expect(await shownVoxels(page)).toEqual(before);
    await runsAgain(page);
  });

  test('the worker crashes over the surface: another one makes it, and the result is whole', async () => {
    const { page } = session;
    const first = ourWorker(page);
    await first.evaluate(() => {
      const breakIt = (event: Event) => {
        if (String((event as MessageEvent<{ path?: string[] }>).data.path) !== 'surface') return;
        event.stopImmediatePropagation();
        throw new Error('broken');
      };
      addEventListener('message', breakIt, { capture: true });
    });
    await runsAgain(page);
    await expect(cy(page, 'vessels-run')).toBeEnabled();
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
    await expect.poll(() => page.workers().includes(first)).toBe(false);
    await runsAgain(page);
  });

  test('the model, the region and files of another model cannot be changed', async () => {
    const { page } = session;
    await intoTheTiles(page);
    for (const control of ['vessels-model', 'vessels-in-view', 'vessels-open-model'])
      await expect(cy(page, control)).toBeDisabled();
    await cy(page, 'vessels-cancel').click();
    await expect(cy(page, 'vessels-run')).toBeEnabled();
    expect(await shownVoxels(page)).toEqual(before);
  });

  test('the tab is frozen for a while, as browsers do with hidden ones: the run goes on afterwards', async () => {
    const { page } = session;
    const devtools = await page.context().newCDPSession(page);
    await intoTheTiles(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((done) => setTimeout(done, 3_000));
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await expect(cy(page, 'vessels-progress')).toHaveCount(0, { timeout: 120_000 });
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
    expect(await shownVoxels(page)).toEqual(before);
  });

  test('a second tab runs the same series at the same time: both find the same', async () => {
    const { page } = session;
    const opened = page.waitForEvent('popup');
    await page.evaluate(() => void window.open('about:blank'));
    const second = await opened;
    await openStudy(second, viewer.url, study.uid);
    await expect(cy(second, 'vessels-model').locator('option')).not.toHaveCount(1);
    await cy(second, 'vessels-model').selectOption({ label: 'Tiny test net 1.0.0' });
    await intoTheTiles(page);
    await runsAgain(second);
    await expect(cy(page, 'vessels-progress')).toHaveCount(0, { timeout: 120_000 });
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
    expect(await shownVoxels(page)).toEqual(before);
    await second.close();
  });

  test('an undo before the result is drawn leaves the series as it was opened, and redo shows it', async () => {
    const { page } = session;
    await page.keyboard.press('Control+z');
    await expect(cy(page, 'vessels-volume')).toHaveCount(0);
    await cy(page, 'vessels-run').click();
    await page.evaluate(async () => {
      const { commandsManager } = globalThis as unknown as {
        commandsManager: { runCommand(name: string): void };
      };
      while (!document.querySelector('[data-cy="vessels-volume"]'))
        await new Promise((resolve) => setTimeout(resolve));
      commandsManager.runCommand('undo');
    });
    await expect(cy(page, 'vessels-run')).toBeEnabled();
    await expect(cy(page, 'vessels-volume')).toHaveCount(0);
    await expect(cy(page, 'vessels-error')).toHaveCount(0);
    expect(await segmentations(page)).toBe(0);
    await page.keyboard.press('Control+y');
    await expect.poll(() => shownVoxels(page)).toEqual(before);
  });
});
