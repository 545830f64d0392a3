import { parseArgs } from 'node:util';
import { bettiNumbers } from '@vessels/topology/betti';
import { machine, writeJson } from './rows';
import { browserColumns, browserRows } from './skeletons/browser';
import { skeletonCases, timeCases, type SkeletonCase } from './skeletons/cases';
import { judge, type Verdict } from './skeletons/judge';
import { imageMethods, volumeMethods, type Method } from './skeletons/methods';
import { openSkeletonizer } from './skeletons/network';
import { roughCases, roughRows, ROUGH_COLUMNS } from './skeletons/rough';
import { strokeEnds, type StrokeEnds } from './skeletons/strokes';
import { cpuSeconds, timeColumns, timeRows } from './skeletons/times';
import { markdownTable, milliseconds, type Column } from './table';

const USAGE = `eval:skeletons [--json FILE] [--browser]
  What each way of thinning gets wrong on each mask, and how long it takes, as Markdown; --json keeps the rows.
  --browser: the learned skeletonizer in headless Chromium too, on WebAssembly and on software WebGPU.`;

/** One method on one mask. */
interface Row extends Verdict {
  readonly case: string;
  readonly method: string;
  /** Median processor time of three runs after the first, seconds. */
  readonly cpu_s: number;
}

async function rowOf({ name, mask, dims }: SkeletonCase, method: Method): Promise<Row> {
  const skeleton = await method.thin(mask, dims);
  return {
    case: name,
    method: method.name,
    ...judge(mask, skeleton, dims),
    cpu_s: await cpuSeconds(() => method.thin(mask, dims)),
  };
}

const signed = (error: number): string =>
  error > 0 ? `+${error}` : String(error).replace('-', '−');

const COLUMNS: readonly Column<Row>[] = [
  { title: 'method', cell: (row) => row.method },
  { title: 'voxels', cell: (row) => row.voxels.toLocaleString('en'), numbers: true },
  { title: 'Δβ0', cell: (row) => signed(row.b0), numbers: true },
  { title: 'Δβ1', cell: (row) => signed(row.b1), numbers: true },
  { title: 'Δβ2', cell: (row) => signed(row.b2), numbers: true },
  { title: 'lost', cell: (row) => String(row.lost), numbers: true },
  { title: 'farthest', cell: (row) => String(row.farthest), numbers: true },
  { title: 'ms', cell: (row) => milliseconds(row.cpu_s), numbers: true },
];

const STROKE_COLUMNS: readonly Column<StrokeEnds>[] = [
  { title: 'mode', cell: (row) => row.mode },
  { title: 'shortened, mean', cell: (row) => row.meanShortened.toFixed(1), numbers: true },
  { title: 'most', cell: (row) => row.mostShortened.toFixed(1), numbers: true },
  { title: 'eaten', cell: (row) => String(row.eaten), numbers: true },
  { title: 'spurs', cell: (row) => String(row.spurs), numbers: true },
];

function heading({ name, about, mask, dims }: SkeletonCase): string {
  const { b0, b1, b2 } = bettiNumbers(mask, dims);
  const voxels = mask.reduce((sum, v) => sum + v, 0).toLocaleString('en');
  return `**${name}** (${about}): ${dims.join('×')}, ${voxels} voxels, β0, β1, β2 = ${b0}, ${b1}, ${b2}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      browser: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  console.log(`${machine()}; processor time, one thread.`);
  const networks = { image: await openSkeletonizer(2), volume: await openSkeletonizer(3) };
  const methods = { image: imageMethods(networks.image), volume: volumeMethods(networks.volume) };
  const cases = skeletonCases();
  const rows: Row[] = [];
  for (const one of cases) {
    const found: Row[] = [];
    for (const method of methods[one.dims[2] === 1 ? 'image' : 'volume'])
      found.push(await rowOf(one, method));
    console.log(`\n${heading(one)}\n\n${markdownTable(COLUMNS, found)}`);
    rows.push(...found);
  }
  const rough: Awaited<ReturnType<typeof roughRows>> = [];
  for (const one of roughCases(cases)) {
    const kind = one.dims[2] === 1 ? 'image' : 'volume';
    const found = await roughRows(one, methods[kind]);
    console.log(
      `\n**${one.name}, its surface roughened** three times; means, against the skeleton of the smooth mask\n\n${markdownTable(ROUGH_COLUMNS, found)}`,
    );
    rough.push(...found);
  }
  const timed = timeCases();
  const times = await timeRows(timed, methods.volume);
  console.log(`\n**Processor time**\n\n${markdownTable(timeColumns(timed), times)}`);
  const browser = values.browser ? await browserRows(timed, networks.volume) : [];
  if (values.browser)
    console.log(
      `\n**The network in Chromium**, elapsed time, without the exact thinning\n\n${markdownTable(browserColumns(timed), browser)}`,
    );
  await Promise.all(Object.values(networks).map((network) => network.release()));
  const strokes = (['safe', 'compatible'] as const).map(strokeEnds);
  console.log(
    `\n**${strokes[0].strokes.toLocaleString('en')} straight strokes** in images, 30 … 70 pixels long, 1.2 … 11 wide\n\n${markdownTable(STROKE_COLUMNS, strokes)}`,
  );
  if (values.json) writeJson(values.json, { masks: rows, rough, times, browser, strokes });
}

await main();
