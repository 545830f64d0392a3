/**
 * Damages DICOM files and reads them: `npm run fuzz:dicom -- --count 10000 --seed 1`. Each reading must end in a
 * result or in a refusal that names tag and rule, within 2 s of processor time, and the process must stay under 1 GB.
 * `--only N` runs one case again, `--keep FOLDER` writes the files of failures there.
 */
import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseResult } from './reader';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
});

/** A reader that says nothing for so long hangs, however slow the machine. */
const SILENT_SECONDS = 60;
const MAX_CPU_SECONDS = 2;
const MAX_MEMORY = 2 ** 30;

interface Failure {
  readonly index: number;
  readonly what: string;
}

/** One reader at a time; after a hang or a crash another goes on behind the case that did it. */
async function runCases(
  from: number,
  to: number,
): Promise<{ results: CaseResult[]; failures: Failure[] }> {
  const results: CaseResult[] = [];
  const failures: Failure[] = [];
  for (let next = from; next < to;) {
    const reader: ChildProcess = fork(path.join(import.meta.dirname, 'reader.ts'), {
      execArgv: ['--import', 'tsx', '--max-old-space-size=900'],
    });
    reader.send({ seed: Number(options.seed), from: next, to, keep: options.keep });
    await new Promise<void>((resolve) => {
      const hangs = () => {
        failures.push({ index: next, what: `no answer for ${SILENT_SECONDS} s` });
        next++;
        reader.kill('SIGKILL');
      };
      let timer = setTimeout(hangs, SILENT_SECONDS * 1000);
      reader.on('message', (result: CaseResult) => {
        clearTimeout(timer);
        timer = setTimeout(hangs, SILENT_SECONDS * 1000);
        results.push(result);
        next = result.index + 1;
        if (result.index % 1000 === 999) console.log(`${result.index + 1} files`);
      });
      reader.on('exit', (code, signal) => {
        clearTimeout(timer);
        if (next < to && signal !== 'SIGKILL') {
          failures.push({ index: next, what: `the reader ended with ${code ?? signal}` });
          next++;
        }
        resolve();
      });
    });
  }
  return { results, failures };
}

const describeFailure = ({ index, name, mutation, error, cpuSeconds, memory }: CaseResult) => {
  if (error) return `case ${index} (${mutation} of ${name}): ${error}`;
  if (cpuSeconds > MAX_CPU_SECONDS)
    return `case ${index} (${mutation} of ${name}) took ${cpuSeconds.toFixed(1)} s`;
  if (memory > MAX_MEMORY)
    return `case ${index} (${mutation} of ${name}): the process grew to ${(memory / 2 ** 20).toFixed(0)} MB`;
  return undefined;
};

async function main(): Promise<void> {
  if (options.keep) fs.mkdirSync(options.keep, { recursive: true });
  const first = options.only === undefined ? 0 : Number(options.only);
  const { results, failures } = await runCases(
    first,
    options.only === undefined ? Number(options.count) : first + 1,
  );
  const bad = [
    ...results.flatMap((result) => describeFailure(result) ?? []),
    ...failures.map(({ index, what }) => `case ${index}: ${what}`),
  ];
  const most = (of: (result: CaseResult) => number) =>
    results.reduce((m, r) => Math.max(m, of(r)), 0);
  const ended = (as: CaseResult['ending']) => results.filter(({ ending }) => ending === as).length;
  console.log(
    `${results.length + failures.length} damaged files: ${ended('read')} read, ${ended('refused')} refused with tag and rule, ${bad.length} failed; at most ${most((r) => r.cpuSeconds).toFixed(2)} s of processor time for one, ${(most((r) => r.memory) / 2 ** 20).toFixed(0)} MB in all`,
  );
  for (const line of bad.slice(0, 20)) console.log(line);
  if (bad.length > 0) process.exitCode = 1;
}

await main();
