import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import type { SegmentDescription } from '@vessels/dicom/types';
import {
  type Combination,
  differenceFromWritten,
  everything,
  type MatrixCase,
  pairs,
  sourceOf,
  writeCombination,
} from '../helpers/segMatrix';
import { run } from './command';
import { validate } from './dciodvfy';

/** How many objects of a form each tool accepted, and the first that it did not. */
export interface MatrixRow {
  readonly form: string;
  readonly check: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

/** What check_matrix.py compares of a segment. */
const described = (segment: SegmentDescription) => ({
  number: segment.number,
  label: segment.label,
  type: [segment.type.scheme, segment.type.value, segment.type.meaning],
  modifier: segment.modifier ? [segment.modifier.value] : [],
  algorithmType: segment.algorithmType,
  algorithm: segment.algorithm
    ? [segment.algorithm.name, segment.algorithm.version, segment.algorithm.parameters]
    : null,
  tracking: [segment.tracking!.id, segment.tracking!.uid],
});

/** highdicom in a process that answers one line for each. */
class Highdicom {
  private readonly process: ChildProcess;
  private readonly answers: AsyncIterableIterator<string>;

  constructor(python: string) {
    // pydicom warns of RLE frames that by chance are as long as native ones
    const script = path.resolve('test/conformance/check_matrix.py');
    this.process = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = readline.createInterface(this.process.stdout!)[Symbol.asyncIterator]();
  }

  /** What it finds wrong. */
  async check(file: string, expected: string, one: MatrixCase): Promise<string | null> {
    const { geometry, segments } = one;
    const question = { file, expected, grid: geometry, segments: segments.map(described) };
    this.process.stdin!.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('check_matrix.py ended');
    return (JSON.parse(value) as { error: string | null }).error;
  }

  end(): void {
    this.process.stdin!.end();
  }
}

const nameOf = ({ size, arrangement, content, form }: Combination) =>
  `${size} ${arrangement} ${content} ${form}`;

/** The checks of an object: what is wrong with it, or null. */
const CHECKS: Readonly<
  Record<
    string,
    (
      file: string,
      raw: string,
      one: Combination & MatrixCase,
      hd: Highdicom,
    ) => Promise<string | null>
  >
> = Object.freeze({
  'own reader': async (_file, _raw, one) => differenceFromWritten(one, one),
  highdicom: (file, raw, one, hd) => hd.check(file, raw, one),
  'DCMTK dump': async (file) => {
    const { ok, stderr } = run('dcmdump', [file]);
    return ok && !/^[EF]:/m.test(stderr) ? null : stderr.trim() || 'dcmdump failed';
  },
  dciodvfy: async (file) => validate(file)[0] ?? null,
});

/** dciodvfy of Debian 12 does not know label maps. */
const applies = (check: string, form: string) =>
  check !== 'dciodvfy' || !form.startsWith('LABELMAP');

/**
 * Write each combination of the matrix and let others read it.
 *
 * @param full all 1,050 combinations; else those in which each pair of levels stands once
 * @param folder for the files
 */
export async function runMatrix(
  full: boolean,
  python: string,
  folder: string,
): Promise<MatrixRow[]> {
  const list = full ? everything() : pairs();
  const rows = new Map<string, { passed: number; failures: string[] }>();
  const highdicom = new Highdicom(python);
  const [file, raw] = [path.join(folder, 'matrix.dcm'), path.join(folder, 'matrix.raw')];
  let source: { of: string; value: ReturnType<typeof sourceOf> } | undefined;
  try {
    for (const one of list) {
      const of = `${one.size} ${one.arrangement}`;
      if (source?.of !== of) source = { of, value: sourceOf(one) };
      const written = writeCombination(one, source.value);
      fs.writeFileSync(file, Buffer.from(written.seg.bytes));
      fs.writeFileSync(raw, Buffer.concat(written.expected));
      for (const [check, work] of Object.entries(CHECKS)) {
        if (!applies(check, one.form)) continue;
        const error = await work(file, raw, { ...one, ...written }, highdicom);
        const key = `${one.form}\t${check}`;
        const row = rows.get(key) ?? { passed: 0, failures: [] };
        if (error === null) row.passed++;
        else row.failures.push(`${nameOf(one)}: ${error}`);
        rows.set(key, row);
      }
    }
  } finally {
    highdicom.end();
  }
  return [...rows]
    .map(([key, row]) => ({ form: key.split('\t')[0]!, check: key.split('\t')[1]!, ...row }))
    .sort((a, b) => a.form.localeCompare(b.form));
}
