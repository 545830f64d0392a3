import { expect, test } from '@playwright/test';
import { openSeg } from '@vessels/dicom/seg';
import { readSr } from '@vessels/dicom/sr';
import type { NaturalDataset } from '@vessels/dicom/types';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownVoxels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { addModel, reopenSeg, store, TINY } from './helpers/steps';
import { storedObjects } from './helpers/stored';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

const DIMS = [48, 48, 24] as const;

/** Moves of a slice along columns and normal, mm; what the panel says of the series. */
const SERIES = [
  {
    name: 'gantry tilt',
    says: /right angle/,
    move: (k: number) => [0.2 * k, 0] as const,
  },
  {
    name: 'unequal distances',
    says: /apart where 0\.80 mm/,
    move: (k: number) => [0, k < 16 ? 0 : 0.1 * (k - 15)] as const,
  },
];

/** Series that are no regular grid: segmented on a regular one if the user agrees, shown and stored on their slices. */
test.describe.serial('a series that is no regular grid', () => {
  const folder = temporaryFolder();
  const slices = new Map<string, readonly NaturalDataset[]>();
  let viewer: Viewer;
  let session: Session;
  let studies: readonly StudyEntry[];

  test.beforeAll(async () => {
    for (const { name, move } of SERIES)
      slices.set(
        name,
        writeSeries(folder.path, tube(DIMS), { name }, (all) =>
          all.map((slice, k) => {
            const [x, y, z] = slice.ImagePositionPatient as [number, number, number];
            const [down, up] = move(k);
            return { ...slice, ImagePositionPatient: [x, y + down, z + up] };
          }),
        ),
      );
    viewer = await startViewer(['--data', folder.path]);
    studies = await listStudies(`${viewer.url}dicomweb`);
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  for (const { name, says } of SERIES)
    test(`${name}: nothing is done unless the user agrees; then it is stored on its slices`, async () => {
      const { page } = session;
      const study = studies.find(({ series }) => series[0]?.description === name)!;
      await openStudy(page, viewer.url, study.uid);
      await expect(cy(page, 'vessels-error')).toContainText(says);
      await expect(cy(page, 'vessels-run')).toBeDisabled();
      await addModel(page, TINY);
      await shot(page, `resample-offer-${name.replace(' ', '-')}`);

      await cy(page, 'vessels-resample').focus();
      await page.keyboard.press('Enter');
      await expect(cy(page, 'vessels-volume')).toBeVisible({ timeout: 6 * 60_000 });
      await expect(cy(page, 'vessels-resampled')).toContainText('The series was resampled');
      await expect(cy(page, 'vessels-error')).toHaveCount(0);
      const shown = await shownVoxels(page);
      expect(shown.count).toBeGreaterThan(500);
      await shot(page, `resampled-${name.replace(' ', '-')}`);

      await store(page);
      await cy(page, 'vessels-save-report').click();
      await expect(cy(page, 'vessels-report-saved')).toBeVisible();
      await shot(page, `resampled-stored-${name.replace(' ', '-')}`);
      const own = (object: { dataset: NaturalDataset }) =>
        object.dataset.StudyInstanceUID === study.uid;
      const [seg] = storedObjects(folder.path, 'SEG').filter(own);
      expect(seg!.dataset).toMatchObject({
        ContentDescription: 'Vessels, series resampled; research use only, not for diagnosis',
      });
      expect(seg!.dataset.DimensionOrganizationType).toBeUndefined();
      const images = slices.get(name)!;
      for (const { sources, position } of openSeg(seg!.bytes).frames) {
        const image = images.find(
          ({ SOPInstanceUID }) => SOPInstanceUID === sources[0]!.sopInstanceUID,
        )!;
        const at = image.ImagePositionPatient as readonly number[];
        at.forEach((mm, axis) => expect(position![axis]).toBeCloseTo(mm, 6));
      }
      const [report] = storedObjects(folder.path, 'SR').filter(own);
      expect(JSON.stringify(report!.dataset)).toContain('The series was resampled');
      expect(readSr(report!.bytes.buffer).branches.length).toBeGreaterThan(0);

      await openStudy(page, viewer.url, study.uid);
      await reopenSeg(page, 'Vessels');
      await expect.poll(() => shownVoxels(page)).toEqual(shown);
      await shot(page, `resampled-reopened-${name.replace(' ', '-')}`);
    });
});
