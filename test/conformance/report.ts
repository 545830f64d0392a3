import { markdownTable } from '../../bench/table';
import { run } from './command';
import { PYTHON_PACKAGES } from './setup';

/** What a check of an object found. */
export interface Row {
  readonly series: string;
  readonly object: string;
  readonly check: string;
  readonly result: 'pass' | 'FAIL' | 'note';
  readonly detail: string;
  readonly passed: number;
  /** Objects that the check applies to. */
  readonly of: number;
}

/** Every check on a line of its own. */
export function listOf(rows: readonly Row[]): string {
  const columns = ['series', 'object', 'check', 'result', 'detail'] as const;
  return markdownTable(
    columns.map((title) => ({ title, cell: (row: Row) => row[title] })),
    rows,
  );
}

/** Objects of a kind against tools: how many of those that a tool can judge it accepts. */
function crossTable(title: string, rows: readonly Row[]): string {
  const checks = [...new Set(rows.map(({ check }) => check))];
  const objects = [...new Set(rows.map(({ object }) => object))];
  const cell = (object: string, check: string) => {
    const own = rows.filter((row) => row.object === object && row.check === check);
    const sum = (of: (row: Row) => number) => own.reduce((total, row) => total + of(row), 0);
    return sum((row) => row.of) === 0
      ? '–'
      : `${sum((row) => row.passed)} of ${sum((row) => row.of)}`;
  };
  return markdownTable(
    [
      { title, cell: (object: string) => object },
      ...checks.map((check) => ({ title: check, cell: (object: string) => cell(object, check) })),
    ],
    objects,
  );
}

const firstMatch = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? 'unknown';

/** What judged, with versions. */
function tools(): string {
  const version = (program: string, pattern: RegExp) =>
    firstMatch(run(program, ['--version']).stdout, pattern);
  return [
    `dciodvfy (dicom3tools ${firstMatch(run('dpkg-query', ['-W', 'dicom3tools']).stdout, /\t(\S+)/)})`,
    `DCMTK ${version('dcmdump', / v(\S+)/)}`,
    `Orthanc ${version('Orthanc', /Orthanc (\S+)/)}`,
    ...PYTHON_PACKAGES.map((name) => name.replace('==', ' ')),
  ].join(', ');
}

/** What docs/dicom.md shows. */
export function summaryOf(rows: readonly Row[]): string {
  const inMatrix = (row: Row) => row.series.startsWith('matrix');
  const codes = rows.filter(({ object }) => object === 'codes');
  const byDcmqi = rows.filter(({ object }) => object === 'SEG by dcmqi');
  const series = rows.filter(
    (row) => !inMatrix(row) && !codes.includes(row) && !byDcmqi.includes(row),
  );
  const names = [...new Set(series.map((row) => row.series))];
  const matrix = rows.filter(inMatrix);
  const failures = rows.filter(({ result }) => result === 'FAIL');
  return [
    `Made on ${new Date().toISOString().slice(0, 10)} by ${tools()}.`,
    `Codes: ${codes.map(({ detail }) => detail).join()} in PS3.16, as pydicom has it.`,
    `${matrix[0]?.series === 'matrix (all)' ? 'All combinations' : 'Combinations in which every pair of levels meets'} of sizes from 1×1 to 512×512, arrangements, contents and forms:`,
    crossTable('form', matrix),
    `${names.length} series (${names.join(', ')}):`,
    crossTable('object', series),
    ...(byDcmqi.length > 0
      ? [
          `SEGs that dcmqi writes, read by us (${byDcmqi.map((row) => row.series).join(', ')}): ${byDcmqi.filter(({ result }) => result === 'pass').length} of ${byDcmqi.length} to the same voxels.`,
        ]
      : []),
    ...failures.map((row) => `${row.series}, ${row.object}, ${row.check}: ${row.detail}`),
  ].join('\n\n');
}
