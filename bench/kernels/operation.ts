import type { Input } from './input';

/** A peer's function for an operation, as peers/kernels.py calls it. */
export interface PeerCall {
  readonly call: string;
  readonly label: string;
  /** The peer's figures that must be ours; without, it computes something else. */
  readonly same?: 'result' | 'radii';
  /** The cases that it is asked for; all without. */
  readonly cases?: readonly string[];
}

/** A measured operation. A new one is one entry in the table of operations. */
export interface Operation {
  readonly title: string;
  /** `mask` and `pair` take 3-D cases, `flat` one slice. */
  readonly on: 'mask' | 'pair' | 'flat';
  readonly peers: readonly PeerCall[];
  /** What comes before the clock starts; returns what is timed. */
  start(input: Input): Timed;
}

/** The timed work, and the figures of its result that a peer's are held against. */
export interface Timed {
  run(): void | Promise<void>;
  figures(): number[];
}

/** An operation without preparation. */
export const operation = <R>(
  spec: Omit<Operation, 'start'> & {
    run(input: Input): R;
    figures(result: R, input: Input): number[];
  },
): Operation => ({
  ...spec,
  start: (input) => {
    let result: R;
    return {
      run: () => void (result = spec.run(input)),
      figures: () => spec.figures(result, input),
    };
  },
});

/** Voxels of a mask and the sum of their indices: two skeletons that agree in both are the same. */
export function places(mask: Uint8Array): number[] {
  let [count, sum] = [0, 0];
  mask.forEach((value, v) => {
    if (value === 0) return;
    count++;
    sum += v;
  });
  return [count, sum];
}

/** Distances: how many, their sum and the greatest. */
export function statistics(distances: Float32Array): number[] {
  let [count, sum, greatest] = [0, 0, 0];
  for (const distance of distances) {
    if (distance === 0) continue;
    count++;
    sum += distance;
    if (distance > greatest) greatest = distance;
  }
  return [count, sum, greatest];
}

/** Linear indices of the foreground. */
export function voxelsOf(mask: Uint8Array): Uint32Array {
  const voxels: number[] = [];
  for (let v = mask.indexOf(1); v >= 0; v = mask.indexOf(1, v + 1)) voxels.push(v);
  return Uint32Array.from(voxels);
}
