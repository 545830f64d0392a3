import fs from 'node:fs';
import type { Vec3 } from '@vessels/volume/geometry';
import { measure, type Meters } from './measure';
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

const STATUS = '/proc/self/status';
/** Writing 5 there sets the peak of the resident memory back to what is resident (Linux). */
const RESET = '/proc/self/clear_refs';

const meters: Meters = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  watchMemory: () => {
    const before = process.memoryUsage.rss() / 2 ** 20;
    if (!fs.existsSync(RESET)) return () => process.resourceUsage().maxRSS / 1024 - before;
    fs.writeFileSync(RESET, '5');
    return () =>
      Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(STATUS, 'utf8'))?.[1]) / 1024 - before;
  },
};

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
console.log(JSON.stringify(measure(work, repeats, meters)));
