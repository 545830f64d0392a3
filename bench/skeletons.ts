import { parseArgs } from 'node:util';
import { bettiNumbers } from '@vessels/topology/betti';
import { median } from './kernels/measure';
import { machine, writeJson } from './rows';
import { skeletonCases, type SkeletonCase } from './skeletons/cases';
import { judge, type Verdict } from './skeletons/judge';
import { IMAGE_METHODS, VOLUME_METHODS, type Method } from './skeletons/methods';
import { strokeEnds, type StrokeEnds } from './skeletons/strokes';
import { markdownTable, milliseconds, type Column } from './table';

const USAGE = `eval:skeletons [--json FILE]
  What each way of thinning gets wrong on each mask, as Markdown; --json keeps the rows.`;

/** One method on one mask. */
interface Row extends Verdict {
  readonly case: string;
  readonly method: string;
  /** Median processor time of three runs after the first, seconds. */
  readonly cpu_s: number;
}

const REPEATS = 3;

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function rowOf({ name, mask, dims }: SkeletonCase, method: Method): Row {
  const skeleton = method.thin(mask, dims);
  const times = Array.from({ length: REPEATS }, () => cpuSeconds(() => method.thin(mask, dims)));
  return {
    case: name,
    method: method.name,
    ...judge(mask, skeleton, dims),
    cpu_s: median(times),
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

function main(): void {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void console.log(USAGE);
  console.log(`${machine()}; processor time, one thread.`);
  const rows = skeletonCases().flatMap((one) => {
    const methods = one.dims[2] === 1 ? IMAGE_METHODS : VOLUME_METHODS;
    const found = methods.map((method) => rowOf(one, method));
    console.log(`\n${heading(one)}\n\n${markdownTable(COLUMNS, found)}`);
    return found;
  });
  const strokes = (['safe', 'compatible'] as const).map(strokeEnds);
  console.log(
    `\n**${strokes[0].strokes.toLocaleString('en')} straight strokes** in images, 30 … 70 pixels long, 1.2 … 11 wide\n\n${markdownTable(STROKE_COLUMNS, strokes)}`,
  );
  if (values.json) writeJson(values.json, { masks: rows, strokes });
}

main();
