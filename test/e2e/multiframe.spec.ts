import { expect, test } from '@playwright/test';
import { openSeg } from '@vessels/dicom/seg';
import { multiframe } from '../helpers/multiframe';
import { configure, launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownVoxels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { reopenSeg, runTiny, store } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { storedObjects } from './helpers/stored';
import { startViewer, type Viewer } from './helpers/viewer';

const DIMS = [40, 36, 20] as const;

/** Slice of each frame: none is at its place, none beside its neighbour. */
const ORDER = Array.from({ length: DIMS[2] }, (_, f) => (7 * f + 3) % DIMS[2]);

/** An enhanced MR image whose frames stand in no order: the whole way, for both kinds of SEG. */
test.describe.serial('an enhanced multi-frame image', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let study: StudyEntry;

  test.beforeAll(async () => {
    const [image] = writeSeries(folder.path, tube(DIMS), { name: 'enhanced' }, (slices) => [
      multiframe(slices, ORDER),
    ]);
    expect(image!.NumberOfFrames).toBe(20);
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  for (const [nth, kind] of (['LABELMAP', 'BINARY'] as const).entries())
    test(`is segmented; its ${kind} names the frames and shows the same voxels again`, async () => {
      const { page } = session;
      await configure(page, { segmentation: kind });
      await openStudy(page, viewer.url, study.uid);
      const shown = await runTiny(page);
      expect(shown.count).toBeGreaterThan(500);
      await shot(page, `multiframe-${kind}`);
      await store(page);
      await cy(page, 'vessels-save-report').click();
      await expect(cy(page, 'vessels-report-saved')).toBeVisible();

      const seg = storedObjects(folder.path, 'SEG').find(
        ({ dataset }) => dataset.SegmentationType === kind,
      )!;
      const { frames } = openSeg(seg.bytes);
      expect(frames.length).toBeGreaterThan(10);
      for (const { sources, position } of frames) {
        expect(sources).toHaveLength(1);
        const k = ORDER[sources[0]!.frame! - 1]!;
        expect(position![2]).toBeCloseTo(-0.4 * DIMS[2] + 0.8 * k, 6);
      }

      await openStudy(page, viewer.url, study.uid);
      await reopenSeg(page, 'Vessels', nth);
      await expect.poll(() => shownVoxels(page)).toEqual(shown);
      await shot(page, `multiframe-reopened-${kind}`);
    });
});
