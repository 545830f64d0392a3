import fs from 'node:fs';
import path from 'node:path';
import { ROOT, run, say } from './step.mjs';
import { fingerprint, isStamped } from './sources.mjs';

const DATA = path.join(ROOT, '.data');
const SAMPLE = path.join(DATA, 'sample');
const STAMP = path.join(SAMPLE, '.sources');

/** Makes the sample study in .data/sample when it is absent or its generator has changed. */
export function makeSample() {
  const sources = fingerprint(['viewer/sample', 'src/dicom', 'src/volume']);
  if (isStamped(STAMP, sources)) return;
  say('making the sample study');
  fs.mkdirSync(DATA, { recursive: true });
  const fresh = fs.mkdtempSync(path.join(DATA, '.sample-'));
  try {
    const args = ['node_modules/tsx/dist/cli.mjs', 'viewer/sample/generate.ts', fresh];
    run('Making the sample study', process.execPath, args, { show: true });
    fs.writeFileSync(path.join(fresh, '.sources'), sources);
    fs.rmSync(SAMPLE, { recursive: true, force: true });
    fs.renameSync(fresh, SAMPLE);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}
