import os from 'node:os';
import path from 'node:path';
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Vec3 } from '@vessels/volume/geometry';
import { launch } from '../test/e2e/helpers/browser';
import { cy, openStudy } from '../test/e2e/helpers/panel';
import { tube, writeSeries } from '../test/e2e/helpers/series';
import { addModel, TINY } from '../test/e2e/helpers/steps';
import { listStudies, type StudyEntry } from '../test/e2e/helpers/study';
import { startViewer } from '../test/e2e/helpers/viewer';
import { observe, type Observed } from './mainThread/observe';
import { untilAtRest } from './mainThread/rest';
import { machine, today, writeJson } from './rows';
import { writeSection } from './section';
import { markdownTable, type Column } from './table';

const USAGE = `bench:main-thread [--json FILE] [--docs]
  A run on a series of 320×320×200 voxels in the viewer: the longest tasks of the page's own thread (long-task API),
  how often progress is shown, and how long a cancel takes. --docs writes
  the table into docs/inference.md.`;

const DIMS: Vec3 = [320, 320, 200];
/** So long the bundled model runs before it is cancelled, ms. */
const UNTIL_CANCEL = 20_000;

type Row = Omit<Observed, 'progress'> & {
  readonly part: string;
  /** None where nothing is waited for any more. */
  readonly progress?: Observed['progress'];
};

const COLUMNS: readonly Column<Row>[] = [
  { title: 'part', cell: (row) => row.part },
  { title: 's', cell: (row) => row.seconds.toFixed(1), numbers: true },
  { title: 'tasks > 50 ms', cell: (row) => String(row.long.length), numbers: true },
  { title: 'longest ms', cell: (row) => Math.max(0, ...row.long).toFixed(0), numbers: true },
  { title: 'of ours', cell: (row) => Math.max(0, ...row.ours).toFixed(0), numbers: true },
  {
    title: 'progress per s',
    cell: ({ progress }) => progress?.perSecond.toFixed(1) ?? '',
    numbers: true,
  },
  {
    title: 'longest pause ms',
    cell: ({ progress }) => progress?.longestPause.toFixed(0) ?? '',
    numbers: true,
  },
];

/** The bundled model for a while, then a cancel. */
async function cancelled(page: Page): Promise<Row[]> {
  const running = await observe(page, async () => {
    await cy(page, 'vessels-run').click();
    await page.waitForTimeout(UNTIL_CANCEL);
  });
  const cancel = await observe(page, async () => {
    await cy(page, 'vessels-cancel').click();
    await cy(page, 'vessels-run').waitFor();
  });
  return [
    { part: `${UNTIL_CANCEL / 1000} s of the bundled model`, ...running },
    { part: 'cancel', ...cancel },
  ];
}

/** The tiny net of the tests to the end: thousands of tiles that take no time, then the result in all viewports. */
async function toTheEnd(page: Page): Promise<Row[]> {
  await addModel(page, TINY);
  await untilAtRest(page);
  const running = await observe(page, async () => {
    await cy(page, 'vessels-run').click();
    await cy(page, 'vessels-volume').waitFor({ timeout: 10 * 60_000 });
  });
  const { seconds, long, ours } = await observe(page, () => untilAtRest(page));
  return [
    { part: 'the tiny net to the result', ...running },
    { part: 'the viewer draws the result', seconds, long, ours },
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'main-thread-'));
  writeSeries(folder, tube(DIMS), { name: 'large' });
  const viewer = await startViewer(['--data', folder]);
  const { page, close } = await launch({ width: 1280, height: 800 });
  try {
    const [study] = (await listStudies(`${viewer.url}dicomweb`)) as [StudyEntry];
    await openStudy(page, viewer.url, study.uid);
    await untilAtRest(page);
    const rows = [...(await cancelled(page)), ...(await toTheEnd(page))];
    const text = `Made on ${today()}: ${machine()}.\n\n${markdownTable(COLUMNS, rows)}`;
    console.log(text);
    if (values.docs) await writeSection('inference.md', 'bench:main-thread', text);
    if (values.json) writeJson(values.json, rows);
  } finally {
    await close();
    await viewer.close();
    fs.rmSync(folder, { recursive: true });
  }
}

await main();
