import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { angiogram } from '../helpers/dicomSeries';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownVoxels } from './helpers/panel';
import { REAL_DATA, temporaryFolder } from './helpers/paths';
import { writeSeries } from './helpers/series';
import { reopenSeg, runAndStore } from './helpers/steps';
import { copyStudy, listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

const absent = !fs.existsSync(REAL_DATA);

/** An enhanced MR object of pydicom's test data. */
const MULTIFRAME = Object.freeze({
  folder: 'seg/pydicom',
  file: 'emri_small.dcm',
  series: '1.2.826.0.1.3680043.2.1143.3712364435022872412969836992152438492',
});

/** The main job on real angiograms; without cross-origin isolation and below a path, as a hospital may serve it. */
test.describe.serial('real angiograms', () => {
  test.skip(absent, 'there is no ../shared/data beside the repository');
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let studies: readonly StudyEntry[];
  const studyOf = (description: string) =>
    studies.find(({ series }) => series.some((s) => s.description === description))!;

  test.beforeAll(async () => {
    for (const name of ['aorta', 'cowTof', 'cowCta'] as const) {
      const { volume, attributes } = angiogram(name);
      writeSeries(folder.path, volume, { name, modality: attributes.modality });
    }
    copyStudy(path.join(REAL_DATA, 'dicom/t1-gd'), path.join(folder.path, 't1-gd'));
    fs.copyFileSync(
      path.join(REAL_DATA, MULTIFRAME.folder, MULTIFRAME.file),
      path.join(folder.path, MULTIFRAME.file),
    );
    viewer = await startViewer(['--data', folder.path, '--host-path', '/imaging', '--no-isolate']);
    studies = await listStudies(`${viewer.url}dicomweb`);
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  test('the aorta: run, look, store and open again', async () => {
    const { page } = session;
    const { uid } = studyOf('aorta');
    await openStudy(page, viewer.url, uid);
    await shot(page, 'aorta-open');
    const stored = await runAndStore(page, 'aorta');
    await expect(cy(page, 'vessels-backend')).toContainText('WASM, 1 thread');
    await openStudy(page, viewer.url, uid);
    await reopenSeg(page, 'Vessels');
    await expect.poll(() => shownVoxels(page)).toEqual(stored);
    await shot(page, 'aorta-reopened');
  });

  for (const [name, model] of [
    ['cowTof', 'Vessels in MR angiograms'],
    ['cowCta', 'Vessels in CT angiograms'],
  ] as const)
    test(`the circle of Willis, oblique, ${name}: run, look, store and open again`, async () => {
      const { page } = session;
      const { uid } = studyOf(name);
      await openStudy(page, viewer.url, uid);
      await expect(cy(page, 'vessels-model').locator('option:checked')).toContainText(model);
      const stored = await runAndStore(page, name);
      await openStudy(page, viewer.url, uid);
      await reopenSeg(page, 'Vessels');
      await expect.poll(() => shownVoxels(page)).toEqual(stored);
      await shot(page, `${name}-reopened`);
    });

  test('a multi-frame MR object is refused', async () => {
    const { page } = session;
    const { uid } = studies.find(({ series }) => series.some((s) => s.uid === MULTIFRAME.series))!;
    await page.goto(`${viewer.url}vessels?StudyInstanceUIDs=${uid}`);
    await expect(cy(page, 'vessels-error')).toContainText(/multi-?frame/i, { timeout: 120_000 });
    await expect(cy(page, 'vessels-run')).toBeDisabled();
    await shot(page, 'refused-multiframe');
  });

  test('a CT angiogram and a contrast-enhanced T1 series open, ready to run', async () => {
    const { page } = session;
    const others = studies.filter(
      ({ series }) =>
        !series.some((s) => /aorta|cowTof/.test(s.description) || s.uid === MULTIFRAME.series),
    );
    expect(others).toHaveLength(2);
    for (const [place, { uid }] of others.entries()) {
      await openStudy(page, viewer.url, uid);
      await expect(cy(page, 'vessels-error')).toHaveCount(0);
      await expect(cy(page, 'vessels-run')).toBeEnabled();
      await shot(page, `real-open-${place}`);
    }
  });
});
