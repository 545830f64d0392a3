import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { DICOMWEB_PLUGIN, Orthanc } from '../conformance/orthanc';
import { launch, shot, type Session } from './helpers/browser';
import { openStudy, shownVoxels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { reopenSeg, runTiny, store } from './helpers/steps';
import { listStudies } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** The main job against a PACS that we did not write, on the same origin through the viewer's proxy. */
test.describe.serial('a study in Orthanc', () => {
  test.skip(
    !fs.existsSync(DICOMWEB_PLUGIN),
    'Orthanc is not installed (Debian packages orthanc and orthanc-dicomweb)',
  );
  const folder = temporaryFolder();
  let orthanc: Orthanc;
  let viewer: Viewer;
  let session: Session;

  test.beforeAll(async () => {
    const [files, database] = ['files', 'database'].map((name) => path.join(folder.path, name)) as [
      string,
      string,
    ];
    fs.mkdirSync(database);
    orthanc = await Orthanc.start(database);
    writeSeries(files, tube([32, 32, 20]), { name: 'tube' });
    for (const name of fs.readdirSync(files))
      await orthanc.store(new Uint8Array(fs.readFileSync(path.join(files, name))).buffer);
    const own = path.join(folder.path, 'own');
    fs.mkdirSync(own);
    viewer = await startViewer(['--data', own, '--pacs', orthanc.root]);
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    await orthanc?.stop();
    folder.remove();
  });

  test('gets vessels, keeps the SEG, and shows the same voxels again', async () => {
    const { page } = session;
    const [study] = await listStudies(orthanc.root);
    await openStudy(page, viewer.url, study!.uid, 'pacs');
    const stored = await runTiny(page);
    await store(page);
    await shot(page, 'orthanc-stored');
    const [after] = await listStudies(orthanc.root);
    expect(after!.series.map(({ modality }) => modality).sort()).toEqual(['MR', 'SEG']);
    await openStudy(page, viewer.url, study!.uid, 'pacs');
    await reopenSeg(page, 'Vessels');
    await expect.poll(() => shownVoxels(page)).toEqual(stored);
    await shot(page, 'orthanc-reopened');
  });
});
