import { measure } from '../kernels/measure';
import { METERS } from '../kernels/meters';
import type { Job } from './job';

/** Who does the work; loaded in a process of its own. */
export const SIDES = ['ours', 'adapters'] as const;
export type Side = (typeof SIDES)[number];

const [side, text] = process.argv.slice(2) as [Side, string];
const job = JSON.parse(text) as Job;
const { start } = side === 'ours' ? await import('./ours') : await import('./adapters');
const work = await start(job);
// what was garbage before must not hide what the work takes
globalThis.gc?.();
// libraries may print; the last line is ours
console.log(`\n${JSON.stringify(await measure(work, job.repeats, METERS))}`);
