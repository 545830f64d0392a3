import { comparePair, topologyOf } from '@vessels/metrics/pair';
import { METRIC_PRESETS } from '@vessels/metrics/presets';
import { skeletonize, type ThinningMode } from '@vessels/skeleton/thinning';
import { tubedSkeleton } from '@vessels/skeleton/tubed';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { eulerNumber } from '@vessels/topology/euler';
import { distanceAt } from '@vessels/volume/distance';
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

/** A measured operation. A new one is one entry in {@link OPERATIONS}. */
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
  run(): void;
  figures(): number[];
}

/** An operation without preparation. */
const operation = <R>(
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
function places(mask: Uint8Array): number[] {
  let [count, sum] = [0, 0];
  mask.forEach((value, v) => {
    if (value === 0) return;
    count++;
    sum += v;
  });
  return [count, sum];
}

/** Distances: how many, their sum and the greatest. */
function statistics(distances: Float32Array): number[] {
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
function voxelsOf(mask: Uint8Array): Uint32Array {
  const voxels: number[] = [];
  for (let v = mask.indexOf(1); v >= 0; v = mask.indexOf(1, v + 1)) voxels.push(v);
  return Uint32Array.from(voxels);
}

const LEE: PeerCall = { call: 'lee', label: 'scikit-image Lee' };
const WHOLE_PAIR: PeerCall = { call: 'pair', label: 'scikit-image + scipy' };

const thinning = (mode: ThinningMode, peers: readonly PeerCall[]): Operation =>
  operation({
    title: `thinning, ${mode}`,
    on: 'mask',
    peers,
    run: ({ mask, dims }) => skeletonize(mask, dims, mode),
    figures: places,
  });

const wholePair = (preset: keyof typeof METRIC_PRESETS, peer: PeerCall): Operation => {
  const { thinning: mode, empty } = METRIC_PRESETS[preset];
  return operation({
    title: `clDice (${preset}), Betti errors and Dice of the pair`,
    on: 'pair',
    peers: [peer],
    run: ({ mask, prediction, dims }) =>
      comparePair(topologyOf(prediction, dims, mode), topologyOf(mask, dims, mode), empty),
    figures: ({ clDice, bettiError, dice }) => [
      clDice,
      bettiError.b0,
      bettiError.b1,
      bettiError.b2,
      dice,
    ],
  });
};

export const OPERATIONS = Object.freeze({
  compatible: thinning('compatible', [{ ...LEE, same: 'result' }]),
  safe: thinning('safe', [{ ...LEE }, { call: 'itk_thinning', label: 'ITK BinaryThinning3D' }]),
  components: operation({
    title: 'components, 26',
    on: 'mask',
    peers: [
      { call: 'label', label: 'scipy label', same: 'result' },
      { call: 'cc3d', label: 'cc3d', same: 'result' },
    ],
    run: ({ mask, dims }) => {
      const { count, labels, sizes } = labelComponents(mask, dims, 26);
      return { count, labels, sizes };
    },
    figures: ({ count, sizes }) => [count, sizes[0] ?? 0],
  }),
  betti: operation({
    title: 'β0, β1, β2',
    on: 'mask',
    peers: [
      { call: 'betti', label: 'scipy label ×2 + scikit-image Euler', same: 'result' },
      { call: 'gudhi', label: 'gudhi cubical complex', same: 'result', cases: ['tree128'] },
    ],
    run: ({ mask, dims }) => bettiNumbers(mask, dims),
    figures: ({ b0, b1, b2 }) => [b0, b1, b2],
  }),
  euler: operation({
    title: 'Euler number, 26',
    on: 'mask',
    peers: [{ call: 'euler', label: 'scikit-image euler_number', same: 'result' }],
    run: ({ mask, dims }) => eulerNumber(mask, dims, 26),
    figures: (euler) => [euler],
  }),
  radii: <Operation>{
    title: 'distances on the skeleton',
    on: 'mask',
    peers: [{ call: 'edt_scipy', label: 'scipy EDT, everywhere', same: 'radii' }],
    start: ({ mask, dims, spacing }) => {
      const voxels = voxelsOf(skeletonize(mask, dims, 'compatible'));
      let distances: Float32Array;
      return {
        run: () => void (distances = distanceAt(mask, dims, spacing, voxels)),
        figures: () => statistics(distances),
      };
    },
  },
  tubed: operation({
    title: 'tubed skeleton',
    on: 'mask',
    peers: [{ call: 'tubed', label: 'scikit-image Lee + dilation', same: 'result' }],
    run: ({ mask, dims }) => tubedSkeleton(mask, dims),
    figures: places,
  }),
  pairTopcow: wholePair('topcow', { ...WHOLE_PAIR, same: 'result' }),
  pairSafe: wholePair('safe', WHOLE_PAIR),
} satisfies Record<string, Operation>);

export type OperationName = keyof typeof OPERATIONS;
