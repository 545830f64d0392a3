import { markdownTable, milliseconds as ms, type Column } from '../table';
import type { KernelCase } from './cases/files';
import type { KernelRow } from './compare';
import type { GrowthPoint } from './growth';
import type { Plot } from './plot';

/** All that a run has measured. */
export interface Report {
  readonly machine: string;
  /** Mean number of waiting processes when the run began. */
  readonly load: number;
  readonly peers: readonly string[];
  readonly cases: readonly KernelCase[];
  readonly rows: readonly KernelRow[];
  readonly growth: readonly GrowthPoint[];
}

/** Above this load others were at work, and processor times tell more than the clock. */
const BUSY = 0.5;

const mb = (value: number | null) => value?.toFixed(0) ?? '';
const SAME = Object.freeze({ true: 'yes', false: 'NO', null: '' });

const COLUMNS: readonly Column<KernelRow>[] = Object.freeze([
  { title: 'operation', cell: (row: KernelRow) => row.operation },
  { title: 'ms', cell: (row: KernelRow) => ms(row.ours_s), numbers: true },
  { title: 'first call, ms', cell: (row: KernelRow) => ms(row.ours_cold_s), numbers: true },
  { title: 'MB', cell: (row: KernelRow) => mb(row.ours_peak_mb), numbers: true },
  { title: 'peer', cell: (row: KernelRow) => row.peer ?? '' },
  { title: 'peer ms', cell: (row: KernelRow) => ms(row.peer_s), numbers: true },
  { title: 'peer MB', cell: (row: KernelRow) => mb(row.peer_peak_mb), numbers: true },
  { title: 'peer / ours', cell: (row: KernelRow) => row.ratio?.toFixed(1) ?? '', numbers: true },
  { title: 'same', cell: (row: KernelRow) => SAME[`${row.same}`] },
]);
const CPU: readonly Column<KernelRow>[] = Object.freeze([
  { title: 'CPU ms', cell: (row: KernelRow) => ms(row.ours_cpu_s), numbers: true },
  { title: 'peer CPU ms', cell: (row: KernelRow) => ms(row.peer_cpu_s), numbers: true },
  {
    title: 'peer / ours, CPU',
    cell: ({ peer_cpu_s, ours_cpu_s }: KernelRow) =>
      peer_cpu_s && ours_cpu_s ? (peer_cpu_s / ours_cpu_s).toFixed(1) : '',
    numbers: true,
  },
]);

function caseSection({ load, rows }: Report, one: KernelCase): string[] {
  const own = rows.filter((row) => row.case === one.name);
  if (own.length === 0) return [];
  return [
    `### ${one.name}`,
    `${one.about}; ${one.dims.join('×')} voxels of ${one.spacing.join('×')} mm, ${one.voxels} of them vessel.`,
    markdownTable([...COLUMNS, ...(load > BUSY ? CPU : [])], own),
  ];
}

function growthSection(plot: Plot): string[] {
  const places = plot.series[0].points.map(([x], i) => ({ x, i }));
  return [
    `### ${plot.title}`,
    markdownTable(
      [
        { title: plot.x, cell: ({ x }) => String(x), numbers: true },
        ...plot.series.map(({ name, points }) => ({
          title: `${name}, ms`,
          cell: ({ i }: { i: number }) => ms(points[i][1] / 1000),
          numbers: true,
        })),
      ],
      places,
    ),
  ];
}

/** The report as Markdown: what is printed, and what docs/kernels.md shows. */
export function reportText(report: Report, plots: Iterable<Plot>): string {
  const { machine, load, peers, cases } = report;
  return [
    `${machine}; load ${load.toFixed(2)} at the start.${load > BUSY ? ' The machine was busy: compare the processor times (CPU).' : ''}`,
    peers.length > 0 ? `Peers: ${peers.join(', ')}.` : 'Without peers.',
    ...cases.flatMap((one) => caseSection(report, one)),
    ...[...plots].flatMap(growthSection),
  ].join('\n\n');
}
