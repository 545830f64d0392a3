import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from '@jest/globals';

/** Test data that is no part of the repository: real angiograms, peers' fixtures, values measured with peers. */
const DATA = path.resolve('../shared/data');

/** Bytes of a file of the test data. */
export const readData = (file: string): Buffer => fs.readFileSync(path.join(DATA, file));

/** Whether the test data hold a file. */
export const hasData = (file: string): boolean => fs.existsSync(path.join(DATA, file));

/** A JSON file of the test data. */
export const readJson = <T>(file: string): T => JSON.parse(readData(file).toString()) as T;

/** `describe` for tests that need the test data: skipped, with a line that says so, where it is absent. */
export function describeWithData(name: string, tests: () => void): void {
  if (fs.existsSync(DATA)) describe(name, tests);
  // Jest runs the body even of a skipped describe, and it may read the data
  else test.skip(`${name} (skipped: no ../shared/data beside the repository)`, () => undefined);
}
