import { expect, test, type Page } from '@playwright/test';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownVoxels, viewportsDrawn } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { runTiny, store } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** OHIF's back arrow leaves a mode without asking: what is not saved must be there again. */
test.describe.serial('unsaved vessels', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let study: StudyEntry;
  let shown: { count: number; hash: number };

  test.beforeAll(async () => {
    writeSeries(folder.path, tube([32, 32, 20]), { name: 'tube' });
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  /** To the study list by the back arrow, and into the mode again, as a user does. */
  async function leaveAndReturn(page: Page): Promise<void> {
    await cy(page, 'return-to-work-list').click();
    await page.getByText('Test^tube').or(page.getByText('Test, tube')).first().click();
    await page.getByText('Vessels', { exact: true }).first().click();
    await expect(cy(page, 'vessels-panel')).toBeVisible();
    await viewportsDrawn(page);
  }

  test('are kept over a step to the study list, and restored with an undo step', async () => {
    const { page } = session;
    await page.goto(viewer.url);
    await openStudy(page, viewer.url, study.uid);
    shown = await runTiny(page);
    const volume = await cy(page, 'vessels-volume').innerText();
    await leaveAndReturn(page);
    await expect(cy(page, 'vessels-unsaved')).toBeVisible();
    expect((await shownVoxels(page)).count).toBe(0);
    await shot(page, 'kept-offer');
    await cy(page, 'vessels-restore').focus();
    await page.keyboard.press('Enter');
    await expect(cy(page, 'vessels-volume')).toHaveText(volume);
    await expect.poll(() => shownVoxels(page)).toEqual(shown);
    await expect(cy(page, 'vessels-unsaved')).toHaveCount(0);
    await shot(page, 'kept-restored');
  });

  test('that were saved are not kept; those that are let go are gone', async () => {
    const { page } = session;
    await leaveAndReturn(page);
    await cy(page, 'vessels-discard').click();
    await expect(cy(page, 'vessels-unsaved')).toHaveCount(0);
    await expect(cy(page, 'vessels-volume')).toHaveCount(0);
    await runTiny(page);
    await store(page);
    await leaveAndReturn(page);
    await expect(cy(page, 'vessels-run')).toBeEnabled();
    await expect(cy(page, 'vessels-unsaved')).toHaveCount(0);
  });
});
