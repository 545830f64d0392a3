import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { writeSeg, type SegContent } from '@vessels/dicom/seg';
import type { SegmentDescription } from '@vessels/dicom/types';
import { LEFT_ICA, VESSELS } from '../helpers/segments';
import { launch, shot, type Session } from './helpers/browser';
import { cy, openStudy, shownLabels } from './helpers/panel';
import { temporaryFolder } from './helpers/paths';
import { tube, writeSeries } from './helpers/series';
import { reopenSeg, runTiny } from './helpers/steps';
import { listStudies, type StudyEntry } from './helpers/study';
import { startViewer, type Viewer } from './helpers/viewer';

const DIMS = [32, 24, 20] as const;
const VOLUME = tube(DIMS);
const SIZE = DIMS[0] * DIMS[1];

/** The tube: its lower half is segment 1, its upper half segment 2. */
const LABELMAP = Uint8Array.from(VOLUME.data, (value, v) =>
  value > 500 ? (v < 10 * SIZE ? 1 : 2) : 0,
);

const halves = [1, 2].map((number) => LABELMAP.map((value) => (value === number ? 255 : 0)));

const TWO: readonly SegmentDescription[] = [VESSELS, LEFT_ICA];

/** Every form that we write. */
const FORMS: Readonly<Record<string, SegContent & { readonly compression?: 'native' }>> = {
  BINARY: { kind: 'BINARY', labelmap: LABELMAP },
  'LABELMAP 8': { kind: 'LABELMAP', labelmap: LABELMAP },
  'LABELMAP 8 native': { kind: 'LABELMAP', labelmap: LABELMAP, compression: 'native' },
  'LABELMAP 16': { kind: 'LABELMAP', labelmap: LABELMAP, bits: 16 },
  'LABELMAP 16 native': {
    kind: 'LABELMAP',
    labelmap: LABELMAP,
    bits: 16,
    compression: 'native',
  },
  // of whole segments, which is all that OHIF knows
  FRACTIONAL: { kind: 'FRACTIONAL', probabilities: halves },
  'FRACTIONAL graded': {
    kind: 'FRACTIONAL',
    probabilities: halves.map((half) => half.map((value, v) => (value && v % 3 ? 200 : value))),
  },
};

/** What OHIF 3.13 itself makes of each form of SEG: the same voxels of each segment, or what it says. */
test.describe.serial('OHIF opens', () => {
  const folder = temporaryFolder();
  let viewer: Viewer;
  let session: Session;
  let study: StudyEntry;

  test.beforeAll(async () => {
    const sources = writeSeries(folder.path, VOLUME, { name: 'forms' });
    for (const [name, content] of Object.entries(FORMS)) {
      const { bytes } = writeSeg({
        ...content,
        geometry: VOLUME.geometry,
        segments: TWO,
        sources,
        seriesDescription: `<${name}>`,
        software: { name: 'ohif-vessels tests', version: '1' },
      });
      fs.writeFileSync(path.join(folder.path, `${name}.dcm`), Buffer.from(bytes));
    }
    viewer = await startViewer(['--data', folder.path]);
    [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    session = await launch({ width: 1280, height: 800 });
  });

  test.afterAll(async () => {
    await session?.close();
    await viewer?.close();
    folder.remove();
  });

  const open = async (page: Page, name: string) => {
    await openStudy(page, viewer.url, study.uid);
    await reopenSeg(page, `<${name}>`);
  };

  for (const name of Object.keys(FORMS).filter((form) => form !== 'FRACTIONAL graded'))
    test(`${name}: the same voxels of each segment`, async () => {
      const { page } = session;
      await open(page, name);
      await expect.poll(() => shownLabels(page, DIMS[2])).toEqual([...LABELMAP].join(''));
      await shot(page, `form-${name.replaceAll(' ', '-')}`);
    });

  test('FRACTIONAL graded: it refuses with an error and shows nothing; our panel reads it as reference', async () => {
    const { page, errors } = session;
    const before = errors.length;
    await open(page, 'FRACTIONAL graded');
    await expect
      .poll(() => errors.slice(before).join())
      .toContain('Fractional segmentations are not yet supported');
    expect(await shownLabels(page, DIMS[2])).not.toMatch(/[12]/);
    await shot(page, 'form-FRACTIONAL-graded');

    await openStudy(page, viewer.url, study.uid);
    await runTiny(page);
    const choice = cy(page, 'vessels-reference');
    const labels = await choice.locator('option').allInnerTexts();
    await choice.selectOption({
      label: labels.find((label) => label.includes('<FRACTIONAL graded>'))!,
    });
    await expect(cy(page, 'vessels-dice')).toHaveText(/^0\.[5-9]\d*$/);
    await cy(page, 'vessels-comparison').scrollIntoViewIfNeeded();
    await shot(page, 'form-FRACTIONAL-graded-as-reference');
  });
});
