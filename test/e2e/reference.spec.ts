import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { CATEGORY, VESSEL } from '@vessels/dicom/codes';
import { writeSeg } from '@vessels/dicom/seg';
import type { NaturalDataset } from '@vessels/dicom/types';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { runTiny } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

/** SEGs of the study as references: one that fits, one of another frame of reference. */
test.describe.serial('a reference', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let study: StudyEntry;
  let session: Session;

  function writeReference(name: string, sources: readonly NaturalDataset[]): void {
    const { data, geometry } = tube([32, 32, 20]);
    const seg = writeSeg({
      labelmap: Uint8Array.from(data, (value) => Number(value > 500)),
      geometry,
      segments: [
        {
          number: 1,
          label: 'Vessels',
          category: CATEGORY.anatomicalStructure,
          type: VESSEL.bloodVessel,
          algorithmType: 'MANUAL',
          color: '#5e3c99',
        },
      ],
      sources,
      kind: 'BINARY',
      software: { name: 'ohif-vessels tests', version: '1' },
      seriesDescription: name,
      seed: name,
    });
    fs.writeFileSync(path.join(folder.path, `seg-${name}.dcm`), Buffer.from(seg.bytes));
  }

  test.beforeAll(async () => {
    const slices = writeSeries(folder.path, tube([32, 32, 20]), { name: 'tube' });
    writeReference('fits', slices);
    writeReference(
      'elsewhere',
      slices.map((slice) => ({ ...slice, FrameOfReferenceUID: '1.2.826.0.1.99' })),
    );
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
    const { page } = session;
    await openStudy(page, viewer.url, study.uid);
    await runTiny(page);
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  const choose = async (name: string) => {
    const choice = cy(session.page, 'vessels-reference');
    const labels = await choice.locator('option').allInnerTexts();
    await choice.selectOption({ label: labels.find((label) => label.includes(name))! });
  };

  test('on the same grid gives the scores', async () => {
    const { page } = session;
    await choose('fits');
    await expect(cy(page, 'vessels-dice')).toHaveText(/^0\.[5-9]\d*$|^1\.000$/);
    await cy(page, 'vessels-comparison').scrollIntoViewIfNeeded();
    await shot(page, 'reference-scores');
  });

  test('of another frame of reference is refused in one sentence, and the one before stays', async () => {
    const { page } = session;
    const dice = await cy(page, 'vessels-dice').innerText();
    await choose('elsewhere');
    await expect(cy(page, 'vessels-error')).toContainText(/frame of reference/i);
    await expect(cy(page, 'vessels-reference').locator('option:checked')).toContainText('fits');
    await expect(cy(page, 'vessels-dice')).toHaveText(dice);
    await shot(page, 'reference-refused');
  });
});
