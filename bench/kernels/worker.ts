import { expose, transfer } from 'comlink';
import { comparePair, topologyOf, type MaskTopology, type PairScores } from '@vessels/metrics/pair';
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
  measure: (operation: OperationName, repeats: number): Promise<Measured> =>
    measure(OPERATIONS[operation].start(input), repeats),
  /** Half of a comparison: what the other half needs of one mask. */
  half(which: 'mask' | 'prediction'): MaskTopology {
    const half = topologyOf(input[which], input.dims);
    const volumes = [half.mask, half.skeleton];
    return transfer(
      half,
      volumes.flatMap(({ words, occupied }) => [words.buffer, occupied.buffer]),
    );
  },
  /** Both halves and their comparison. */
  whole: (): PairScores =>
    comparePair(topologyOf(input.prediction, input.dims), topologyOf(input.mask, input.dims)),
};

export type BenchWorker = typeof worker;

expose(worker);
