import { expect, test } from '@playwright/test';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownVoxels, viewportsDrawn } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { runTiny } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** A reader zooms in and searches what is in view. */
test.describe.serial('the part in view', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let whole: { count: number };

  test.beforeAll(async () => {
    writeSeries(folder.path, tube([64, 64, 48]), { name: 'tube' });
    viewer = await startViewer(['--data', folder.path]);
    const [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
    await openStudy(session.page, viewer.url, study.uid);
    whole = await runTiny(session.page);
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  test('is named, takes fewer tiles, and alone gets vessels', async () => {
    const { page } = session;
    const plan = cy(page, 'vessels-plan');
    await expect(plan).toContainText('100 tiles');
    await cy(page, 'vessels-in-view').focus();
    await page.keyboard.press('Space');
    await expect(cy(page, 'vessels-region')).toContainText('64×64×48 voxels');
    const { x, y, width, height } = (await cy(page, 'viewport-pane').first().boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x + width / 2, y + height / 2 + 60, { steps: 6 });
    await page.mouse.up({ button: 'right' });
    await expect(cy(page, 'vessels-region')).not.toContainText('64×64×48');
    await expect(plan).not.toContainText('100 tiles');
    await expect(plan).toContainText('tile');
    await shot(page, 'region-chosen');
    await cy(page, 'vessels-run').click();
    await expect(cy(page, 'vessels-searched')).toBeVisible({ timeout: 120_000 });
    await viewportsDrawn(page);
    const part = await shownVoxels(page);
    expect(part.count).toBeGreaterThan(0);
    expect(part.count).toBeLessThan(whole.count);
    await shot(page, 'region-searched');
  });

  test('is left by a second press', async () => {
    const { page } = session;
    await cy(page, 'vessels-in-view').focus();
    await page.keyboard.press('Space');
    await expect(cy(page, 'vessels-region')).toHaveText('');
    await expect(cy(page, 'vessels-plan')).toContainText('100 tiles');
  });
});
