import fs from 'node:fs';
import type { Vec3 } from '@vessels/volume/geometry';
import { measure } from './measure';
import { METERS } from './meters';
import { OPERATIONS, type OperationName } from './operations';

/** What a process of ours is asked: one operation on one case. */
export interface Job {
  readonly operation: OperationName;
  readonly dims: Vec3;
  readonly spacing: Vec3;
  readonly mask: string;
  readonly prediction: string | null;
  readonly repeats: number;
}

const { operation, repeats, ...job } = JSON.parse(process.argv[2]) as Job;
const read = (file: string | null): Uint8Array => {
  if (!file) return new Uint8Array();
  const { buffer, byteOffset, byteLength } = fs.readFileSync(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
};
const work = OPERATIONS[operation].start({
  ...job,
  mask: read(job.mask),
  prediction: read(job.prediction),
});
console.log(JSON.stringify(await measure(work, repeats, METERS)));
