import { expose } from 'comlink';
import type { Input } from './input';
import { measure, type Measured } from './measure';
import { OPERATIONS, type OperationName } from './operations';

/** Where an input's bytes are fetched. */
export interface InputAt extends Pick<Input, 'dims' | 'spacing'> {
  readonly mask: string;
  /** Empty where there is none. */
  readonly prediction: string;
}

const bytesOf = async (url: string): Promise<Uint8Array> =>
  url ? new Uint8Array(await (await fetch(url)).arrayBuffer()) : new Uint8Array();

let input: Input;

/** What the page asks its workers. */
const worker = {
  async load({ mask, prediction, ...grid }: InputAt): Promise<void> {
    input = { ...grid, mask: await bytesOf(mask), prediction: await bytesOf(prediction) };
  },
  measure: (operation: OperationName, repeats: number): Measured =>
    measure(OPERATIONS[operation].start(input), repeats),
};

export type BenchWorker = typeof worker;

expose(worker);
