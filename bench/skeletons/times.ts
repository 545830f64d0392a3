import { median } from '../kernels/measure';
import { milliseconds, type Column } from '../table';
import type { SkeletonCase } from './cases';
import type { Method } from './methods';

const REPEATS = 3;

/** Median processor time of three runs after the first, seconds. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  while (times.length < REPEATS) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return median(times);
}

/** Processor time of one method on each of some masks. */
export interface TimeRow {
  readonly method: string;
  readonly cases: readonly string[];
  readonly cpu_s: readonly number[];
}

export async function timeRows(
  cases: readonly SkeletonCase[],
  methods: readonly Method[],
): Promise<TimeRow[]> {
  const rows: TimeRow[] = [];
  for (const method of methods) {
    const times: number[] = [];
    for (const { mask, dims } of cases) times.push(await cpuSeconds(() => method.thin(mask, dims)));
    rows.push({ method: method.name, cases: cases.map(({ name }) => name), cpu_s: times });
  }
  return rows;
}

export const timeColumns = (cases: readonly SkeletonCase[]): Column<TimeRow>[] => [
  { title: 'method', cell: (row) => row.method },
  ...cases.map(({ name, dims }, i) => ({
    title: `${name} (${dims.join('×')}), ms`,
    cell: (row: TimeRow) => milliseconds(row.cpu_s[i]),
    numbers: true,
  })),
];
