import { expect, test } from '@playwright/test';
import { launch, shot, type Session } from './helpers/browser';
import { cy } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { REFUSED, tube, writeSeries } from './helpers/series';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

const DIMS = [48, 48, 24] as const;

/** Series that cannot be measured end in one sentence, and nothing can be started on them. */
test.describe.serial('a series that is no regular volume', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let studies: readonly StudyEntry[];

  test.beforeAll(async () => {
    for (const { name, change } of REFUSED) writeSeries(folder.path, tube(DIMS), { name }, change);
    viewer = await startViewer(['--data', folder.path]);
    studies = await listStudies(`${viewer.url}dicomweb`);
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  for (const { name, says } of REFUSED)
    test(`is refused: ${name}`, async () => {
      const { page } = session;
      const study = studies.find(({ series }) => series[0]?.description === name)!;
      await page.goto(`${viewer.url}vessels?StudyInstanceUIDs=${study.uid}`);
      await expect(cy(page, 'vessels-error')).toContainText(says, { timeout: 120_000 });
      await expect(cy(page, 'vessels-run')).toBeDisabled();
      await shot(page, `refused-${name.replaceAll(' ', '-')}`);
    });
});
