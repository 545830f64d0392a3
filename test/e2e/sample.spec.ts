import fs from 'node:fs';
import { expect, test } from '@playwright/test';
import { launch, shot, type Session } from './helpers/browser';
import { cy, focalPoints, openStudy, shownVoxels, vesselOnPage } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { reopenSeg, runAndStore } from './helpers/steps';
import { copyStudy, listStudies, SAMPLE, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** The main job on the sample study: worklist → mode → run → look → correct → store → open again. */
test.describe.serial('the sample study', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let study: StudyEntry;
  /** What the two SEGs hold: the model's result as LABELMAP, its corrected part as BINARY. */
  let stored: { count: number; hash: number };
  let kept: { count: number; hash: number };

  test.beforeAll(async () => {
    copyStudy(SAMPLE, folder.path);
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1920, height: 1080 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  test('is in the worklist, with a button for the Vessels mode', async () => {
    const { page } = session;
    await page.goto(viewer.url);
    await page.getByText('Sample^Vessels').or(page.getByText('Sample, Vessels')).first().click();
    await expect(page.getByText('Vessels', { exact: true }).first()).toBeVisible();
    await shot(page, 'sample-worklist');
  });

  test('opens in three planes and 3-D, with the panel', async () => {
    const { page } = session;
    await openStudy(page, viewer.url, study.uid);
    await expect(cy(page, 'vessels-disclaimer')).toContainText(
      'Research use only, not for diagnosis',
    );
    await expect(cy(page, 'vessels-run')).toBeEnabled();
    await expect(cy(page, 'vessels-plan')).toContainText(/\d+ tiles of 64×64×64 voxels.*WASM/);
    await shot(page, 'sample-open');
  });

  test('is left as it was by a cancel', async () => {
    const { page } = session;
    await cy(page, 'vessels-run').click();
    await expect(cy(page, 'vessels-progress')).toBeVisible();
    await cy(page, 'vessels-cancel').click();
    await expect(cy(page, 'vessels-run')).toBeEnabled({ timeout: 60_000 });
    await expect(cy(page, 'vessels-volume')).toHaveCount(0);
    expect((await shownVoxels(page)).count).toBe(0);
  });

  test('gets vessels, centerlines and a verdict, and the SEG is stored', async () => {
    const { page } = session;
    stored = await runAndStore(page, 'sample');
    await expect(cy(page, 'vessels-backend')).toContainText('WASM');
    await expect(cy(page, 'vessels-verdict')).toBeVisible();
    expect(Number(await cy(page, 'vessels-branch-count').innerText())).toBeGreaterThan(5);
    const series = (await listStudies(`${viewer.url}dicomweb`))[0]!.series;
    expect(series.filter(({ modality }) => modality === 'SEG')).toHaveLength(3);
  });

  test('can be taken away as files', async () => {
    const { page } = session;
    const starts = { seg: '', csv: 'id', nifti: '\x1f\x8b', stl: '', vtp: '<?xml' };
    for (const [kind, start] of Object.entries(starts)) {
      const downloading = page.waitForEvent('download');
      await cy(page, `vessels-download-${kind}`).click();
      const file = await (await downloading).path();
      const content = fs.readFileSync(file, 'latin1');
      expect(content.length, kind).toBeGreaterThan(1000);
      expect(content.toLowerCase().startsWith(start), kind).toBe(true);
      await expect(cy(page, 'vessels-status')).toHaveText('');
    }
  });

  test('agrees with its truth, and the flawed reference shows where', async () => {
    const { page } = session;
    const choice = cy(page, 'vessels-reference');
    const labels = await choice.locator('option').allInnerTexts();
    await choice.selectOption({ label: labels.find((label) => /truth/i.test(label))! });
    await expect(cy(page, 'vessels-comparison')).toBeVisible();
    const dice = Number(await cy(page, 'vessels-dice').innerText());
    expect(dice).toBeGreaterThan(0.6);
    await shot(page, 'sample-compared');
    await choice.selectOption({ label: labels.find((label) => /mistakes/i.test(label))! });
    await expect(cy(page, 'vessels-finding').nth(1)).toBeVisible();
  });

  test('jumps to a finding by the keyboard', async () => {
    const { page } = session;
    const finding = cy(page, 'vessels-finding');
    for (const [nth, key] of ['Enter', 'Space'].entries()) {
      const before = await focalPoints(page);
      await finding.nth(nth).focus();
      await page.keyboard.press(key);
      await expect.poll(() => focalPoints(page)).not.toEqual(before);
      // More than one viewport moves: the space bar alone would turn over one slice of OHIF's.
      const moved = (await focalPoints(page)).filter((point, v) => point !== before[v]);
      expect(moved.length).toBeGreaterThan(1);
    }
    await shot(page, 'sample-finding');
  });

  test('follows the threshold, and undo takes it back', async () => {
    const { page } = session;
    await cy(page, 'vessels-threshold').fill('0.96');
    await expect.poll(async () => (await shownVoxels(page)).count).toBeLessThan(stored.count);
    await expect(cy(page, 'vessels-update')).toHaveCount(0);
    await shot(page, 'sample-threshold');
    await page.keyboard.press('Control+z');
    await expect.poll(() => shownVoxels(page)).toEqual(stored);
  });

  test('names the branch and its diameter under the cursor', async () => {
    const { page } = session;
    await cy(page, 'VesselCenterlineProbe').click();
    const { x, y } = await vesselOnPage(page);
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y, { steps: 3 });
    await expect(
      page
        .locator('svg')
        .getByText(/Branch \d+/)
        .first(),
    ).toBeVisible();
    await shot(page, 'sample-probe');
  });

  test('keeps the clicked part alone; a server that refuses takes nothing away', async () => {
    const { page } = session;
    // The net is sure of this study: specks that are large enough to stay are found at the lowest threshold alone.
    await cy(page, 'vessels-threshold').fill('0.02');
    const components = cy(page, 'vessels-components');
    await expect(components).not.toHaveText('1');
    await expect(cy(page, 'vessels-update')).toHaveCount(0);
    const before = (await shownVoxels(page)).count;
    await cy(page, 'VesselKeepComponent').click();
    const { x, y } = await vesselOnPage(page);
    await page.mouse.click(x, y);
    await expect(components).toHaveText('1');
    await shot(page, 'sample-kept');
    kept = await shownVoxels(page);
    expect(kept.count).toBeLessThan(before);

    const studies = '**/dicomweb/studies**';
    await page.route(studies, (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 507, body: 'The disk is full.' })
        : route.fallback(),
    );
    await cy(page, 'vessels-save').click();
    await expect(cy(page, 'vessels-not-stored')).toContainText('507');
    await expect(cy(page, 'vessels-not-stored')).toContainText('The disk is full');
    await shot(page, 'sample-refused');
    await expect(cy(page, 'vessels-save')).toBeEnabled();
    expect(await shownVoxels(page)).toEqual(kept);
    await page.unroute(studies);

    await cy(page, 'vessels-store-binary').click();
    await expect(cy(page, 'vessels-saved')).toBeVisible();
    await expect(cy(page, 'vessels-not-stored')).toHaveCount(0);
    await shot(page, 'sample-binary');
  });

  test('stores a report that refers to the stored SEG', async () => {
    const { page } = session;
    await cy(page, 'vessels-save-report').click();
    await expect(cy(page, 'vessels-report-saved')).toBeVisible();
    await shot(page, 'sample-report');
    const series = (await listStudies(`${viewer.url}dicomweb`))[0]!.series;
    expect(series.filter(({ modality }) => modality === 'SR')).toHaveLength(1);
    expect(series.filter(({ modality }) => modality === 'SEG')).toHaveLength(4);
  });

  test('shows the same voxels when the stored SEGs are opened again', async () => {
    const { page } = session;
    const shown: (typeof stored)[] = [];
    for (const nth of [0, 1]) {
      await openStudy(page, viewer.url, study.uid);
      expect((await shownVoxels(page)).count).toBe(0);
      await reopenSeg(page, 'Vessels', nth);
      await expect.poll(async () => (await shownVoxels(page)).count).toBeGreaterThan(0);
      shown.push(await shownVoxels(page));
      await shot(page, `sample-reopened-${nth + 1}`);
    }
    // Their order in the study browser is OHIF's.
    const byCount = (a: typeof stored, b: typeof stored) => a.count - b.count;
    expect(shown.sort(byCount)).toEqual([stored, kept].sort(byCount));
  });

  test('asked no other computer for anything and logged no error', () => {
    expect(session.outside).toEqual([]);
    expect(session.failed.filter((entry) => !entry.startsWith('507'))).toEqual([]);
  });
});
