/** The process of `npm run fuzz:dicom` that reads: it may hang or crash, and is watched from outside. */
import fs from 'node:fs';
import path from 'node:path';
import { type Ending, exercise } from '../helpers/exercise';
import { seeds } from '../helpers/fuzzSeeds';
import { MUTATIONS, Random } from '../helpers/mutations';

/** How one case ended. */
export interface CaseResult {
  readonly index: number;
  /** Of the file that was damaged. */
  readonly name: string;
  readonly mutation: string;
  readonly ending?: Ending;
  /** Anything but a result or a refusal with tag and rule. */
  readonly error?: string;
  readonly cpuSeconds: number;
  /** The most that the process has held so far, bytes. */
  readonly memory: number;
}

interface Work {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Where files of failures go. */
  readonly keep?: string;
}

/** Mutations of one file: now and then two after each other. */
const TWICE_IN = 4;

function runCase(index: number, { seed, keep }: Work, files: ReturnType<typeof seeds>): CaseResult {
  const random = new Random(Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));
  const [mutations, others] = [Object.entries(MUTATIONS), files.map(({ bytes }) => bytes)];
  const target = random.pick(files);
  let [bytes, mutation] = [target.bytes, ''];
  const times = random.below(TWICE_IN) === 0 ? 2 : 1;
  for (let n = 0; n < times; n++) {
    const [name, mutate] = random.pick(mutations);
    // what decodes the file first needs a sound one
    if (n > 0 && name.startsWith('otherValues')) continue;
    bytes = mutate(bytes, random, others);
    mutation += `${n > 0 ? ' and ' : ''}${name}`;
  }
  const start = process.cpuUsage();
  let ending: Ending | undefined;
  let error: string | undefined;
  try {
    ending = exercise(bytes, target);
  } catch (failure) {
    error = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
    if (keep) fs.writeFileSync(path.join(keep, `${seed}-${index}.dcm`), bytes);
  }
  const { user, system } = process.cpuUsage(start);
  return {
    index,
    name: target.name,
    mutation,
    ...(ending && { ending }),
    ...(error && { error }),
    cpuSeconds: (user + system) / 1e6,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}

process.on('message', (work: Work) => {
  const files = seeds(true);
  for (let index = work.from; index < work.to; index++) process.send!(runCase(index, work, files));
  // not at once: Node still looks at the channel when this handler returns
  setImmediate(() => process.disconnect());
});
