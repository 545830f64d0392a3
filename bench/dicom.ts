/**
 * Times encoding and decoding of SEGs against adapters and dcmjs, which OHIF uses: `npm run bench:dicom`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Side } from './dicom/child';
import { KINDS, STEPS, type Job } from './dicom/job';
import { drawLabelmap, LABELS } from './dicom/labelled';
import { openAdapters } from './dicom/peer';
import type { Measured } from './kernels/measure';
import { machine, today, rowOf, writeJson, type Row } from './rows';
import { writeSection } from './section';
import { markdownTable, milliseconds as ms, type Column } from './table';

const USAGE = `bench:dicom [--quick] [--json FILE] [--docs]
  --quick  a small mask: a smoke run
  --json   write the rows to a file
  --docs   write the table into docs/dicom.md`;

const DIMS = Object.freeze({ whole: [512, 512, 300], quick: [96, 80, 40] } as const);
const REPEATS = Object.freeze({ whole: 5, quick: 3 });
const CHILD = path.resolve(import.meta.dirname, 'dicom/child.ts');
const PEER = 'adapters + dcmjs';

/** A row with what only this bench measures. */
interface DicomRow extends Row {
  readonly ours_cpu_s: number | null;
  readonly peer_cpu_s: number | null;
  /** Bytes of the SEG when encoding, voxels that came back wrong when decoding. */
  readonly ours_figure: number;
  readonly peer_figure: number | null;
}

const COLUMNS: readonly Column<DicomRow>[] = Object.freeze([
  { title: 'operation', cell: (row: DicomRow) => row.operation },
  { title: 'ms', cell: (row: DicomRow) => ms(row.ours_s), numbers: true },
  { title: 'CPU ms', cell: (row: DicomRow) => ms(row.ours_cpu_s), numbers: true },
  { title: 'MB', cell: (row: DicomRow) => row.ours_peak_mb?.toFixed(0) ?? '', numbers: true },
  { title: 'peer ms', cell: (row: DicomRow) => ms(row.peer_s), numbers: true },
  { title: 'peer CPU ms', cell: (row: DicomRow) => ms(row.peer_cpu_s), numbers: true },
  { title: 'peer MB', cell: (row: DicomRow) => row.peer_peak_mb?.toFixed(0) ?? '', numbers: true },
  { title: 'peer / ours', cell: (row: DicomRow) => times(row.peer_s, row.ours_s), numbers: true },
  {
    title: 'CPU',
    cell: (row: DicomRow) => times(row.peer_cpu_s, row.ours_cpu_s),
    numbers: true,
  },
  {
    title: 'memory',
    cell: (row: DicomRow) => times(row.peer_peak_mb, row.ours_peak_mb),
    numbers: true,
  },
  {
    title: 'result',
    cell: ({ operation, ours_figure, peer_figure }: DicomRow) =>
      operation.startsWith('encode')
        ? [ours_figure, peer_figure]
            .map((bytes) => (bytes === null ? '' : `${(bytes / 2 ** 20).toFixed(1)} MB`))
            .join(' / ')
        : `${ours_figure} / ${peer_figure ?? ''} wrong`,
  },
]);

const times = (peer: number | null, ours: number | null) =>
  peer && ours ? (peer / ours).toFixed(1) : '';

/** One side's work in a process of its own. @throws Error with what the process wrote */
function inProcess(side: Side, job: Job): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', CHILD, side, JSON.stringify(job)],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new Error(`${side}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured;
}

const costOf = ({ warm, peakMb }: Measured) => ({ seconds: warm, peakMb });

function measureAll(job: Omit<Job, 'step' | 'kind' | 'seg'>, folder: string, withPeer: boolean) {
  const name = job.dims.join('×');
  return KINDS.flatMap((kind) =>
    STEPS.map((step): DicomRow => {
      const about = `${step} ${kind}${kind === 'LABELMAP' ? ' RLE' : ''}`;
      const run = (side: Side) => {
        console.error(`${new Date().toTimeString().slice(0, 8)} ${about}: ${side}`);
        return inProcess(side, { ...job, kind, step, seg: path.join(folder, `${side}-${kind}`) });
      };
      const ours = run('ours');
      const peer = withPeer ? run('adapters') : undefined;
      return {
        ...rowOf(about, name, costOf(ours), peer && { peer: PEER, ...costOf(peer) }),
        ours_cpu_s: ours.cpu,
        peer_cpu_s: peer?.cpu ?? null,
        ours_figure: ours.figures[0],
        peer_figure: peer?.figures[0] ?? null,
      };
    }),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const load = os.loadavg()[0];
  const peer = openAdapters();
  if ('reason' in peer) console.log(`The peers are left out: ${peer.reason}.`);
  const size = values.quick ? 'quick' : 'whole';
  const dims: Vec3 = DIMS[size];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vessels-bench-'));
  try {
    const labelmap = path.join(folder, 'labelmap');
    fs.writeFileSync(labelmap, drawLabelmap(dims));
    const rows = measureAll({ dims, labelmap, repeats: REPEATS[size] }, folder, 'versions' in peer);
    const text = [
      `Made on ${today()}: ${machine()}; load ${load.toFixed(2)} at the start. A drawn mask of ${dims.join('×')} voxels with ${LABELS} labels. ${'versions' in peer ? `Peers: ${peer.versions.join(' and ')}.` : 'Without peers.'}`,
      markdownTable(COLUMNS, rows),
    ].join('\n\n');
    console.log(`\n${text}`);
    if (values.json) writeJson(values.json, rows);
    if (values.docs) await writeSection('dicom.md', 'bench:dicom', text);
    if (rows.some((row) => row.operation.startsWith('decode') && row.ours_figure > 0)) {
      console.log('\nOur own decoding is wrong.');
      process.exitCode = 1;
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

await main();
