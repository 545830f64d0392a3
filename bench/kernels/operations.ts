import { comparePair, topologyOf } from '@vessels/metrics/pair';
import { METRIC_PRESETS } from '@vessels/metrics/presets';
import { surfaceDistances } from '@vessels/metrics/surfaceDistances';
import {
  TOPOLOGY_ERROR_KINDS,
  topologyErrors,
  type TopologyError,
} from '@vessels/metrics/topologyErrors/topologyErrors';
import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { skeletonize, skeletonOfBits, type ThinningMode } from '@vessels/skeleton/thinning';
import { tubedSkeleton } from '@vessels/skeleton/tubed';
import { bettiNumbers } from '@vessels/topology/betti';
import { labelComponents } from '@vessels/topology/components';
import { eulerNumber } from '@vessels/topology/euler';
import { packBits, unpackBits, type BitVolume } from '@vessels/volume/bits';
import { distanceAt, distanceAtOfBits } from '@vessels/volume/distance';
import { distanceTransform } from '@vessels/volume/distanceTransform';
import type { Input } from './input';
import {
  operation,
  places,
  statistics,
  voxelsOf,
  type Operation,
  type PeerCall,
} from './operation';

const LEE: PeerCall = { call: 'lee', label: 'scikit-image Lee' };
const ZHANG_SUEN: PeerCall = { call: 'zhang_suen', label: 'scikit-image Zhang-Suen' };
const WHOLE_PAIR: PeerCall = { call: 'pair', label: 'scikit-image + scipy' };

const thinning = (mode: ThinningMode, peers: readonly PeerCall[]): Operation =>
  operation({
    title: `thinning, ${mode}`,
    on: 'mask',
    peers,
    run: ({ mask, dims }) => skeletonize(mask, dims, mode),
    figures: places,
  });

/** The mask is packed before the clock starts, as the scores share it; the unpacked result is compared. */
const thinningOfBits = (mode: ThinningMode, peer: PeerCall): Operation => ({
  title: `thinning, ${mode}, the mask packed before`,
  on: 'mask',
  peers: [peer],
  start: ({ mask, dims }) => {
    const bits = packBits(mask, dims, 'z');
    let skeleton: BitVolume;
    return {
      run: () => void (skeleton = skeletonOfBits(bits, mode)),
      figures: () => places(unpackBits(skeleton)),
    };
  },
});

/** @param prepare comes before the clock starts */
const distancesOnSkeleton = (
  title: string,
  prepare: (input: Input) => (voxels: Uint32Array) => Float32Array,
): Operation => ({
  title,
  on: 'mask',
  peers: [{ call: 'edt_scipy', label: 'scipy EDT, everywhere', same: 'radii' }],
  start: (input) => {
    const voxels = voxelsOf(skeletonize(input.mask, input.dims, 'compatible'));
    const measureAt = prepare(input);
    let distances: Float32Array;
    return {
      run: () => void (distances = measureAt(voxels)),
      figures: () => statistics(distances),
    };
  },
});

const planarThinning = (mode: ThinningMode, peer: PeerCall): Operation =>
  operation({
    title: `2-D thinning, ${mode}`,
    on: 'flat',
    peers: [peer],
    run: ({ mask, dims: [nx, ny] }) => skeletonize2d(mask, [nx, ny], mode),
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

const AXES = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/**
 * Ours alone: no peer tells errors by place and kind. Masks and skeletons come before the clock starts, as the scores
 * of the pair have made them.
 */
const locatedErrors: Operation = {
  title: 'located topology errors of the pair, masks and skeletons packed before',
  on: 'pair',
  peers: [],
  start: ({ mask, prediction, dims, spacing }) => {
    const prepare = (data: Uint8Array) => ({
      mask: packBits(data, dims),
      skeleton: packBits(skeletonize(data, dims, 'safe'), dims),
    });
    const prepared = { prediction: prepare(prediction), reference: prepare(mask) };
    const geometry = { dims, spacing, origin: [0, 0, 0], direction: AXES } as const;
    let errors: TopologyError[];
    return {
      run: () => void (errors = topologyErrors({ data: prediction, geometry }, mask, prepared)),
      figures: () =>
        TOPOLOGY_ERROR_KINDS.map((kind) => errors.filter((error) => error.kind === kind).length),
    };
  },
};

export const OPERATIONS = Object.freeze({
  compatible: thinning('compatible', [{ ...LEE, same: 'result' }]),
  safe: thinning('safe', [{ ...LEE }, { call: 'itk_thinning', label: 'ITK BinaryThinning3D' }]),
  compatibleBits: thinningOfBits('compatible', { ...LEE, same: 'result' }),
  safeBits: thinningOfBits('safe', LEE),
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
  radii: distancesOnSkeleton(
    'distances on the skeleton',
    ({ mask, dims, spacing }) =>
      (voxels) =>
        distanceAt(mask, dims, spacing, voxels),
  ),
  radiiOfBits: distancesOnSkeleton(
    'distances on the skeleton, the mask packed before',
    ({ mask, dims, spacing }) => {
      const bits = packBits(mask, dims);
      return (voxels) => distanceAtOfBits(bits, spacing, voxels);
    },
  ),
  distances: operation({
    title: 'distances everywhere',
    on: 'mask',
    peers: [
      { call: 'edt_scipy', label: 'scipy EDT', same: 'result' },
      { call: 'edt', label: 'edt', same: 'result' },
    ],
    run: ({ mask, dims, spacing }) => distanceTransform(mask, dims, spacing),
    figures: statistics,
  }),
  tubed: operation({
    title: 'tubed skeleton',
    on: 'mask',
    peers: [{ call: 'tubed', label: 'scikit-image Lee + dilation', same: 'result' }],
    run: ({ mask, dims }) => tubedSkeleton(mask, dims),
    figures: places,
  }),
  pairTopcow: wholePair('topcow', { ...WHOLE_PAIR, same: 'result' }),
  pairSafe: wholePair('safe', WHOLE_PAIR),
  surfaces: operation({
    title: 'HD95, ASSD and NSD of the pair',
    on: 'pair',
    peers: [
      { call: 'surfaces_scipy', label: 'scipy EDT ×2', same: 'result' },
      { call: 'surfaces_deepmind', label: 'surface-distance' },
    ],
    run: ({ mask, prediction, dims, spacing }) => surfaceDistances(prediction, mask, dims, spacing),
    figures: ({ hd, hd95, assd, nsd }) => [hd, hd95, assd, nsd],
  }),
  located: locatedErrors,
  planar: planarThinning('compatible', { ...ZHANG_SUEN, same: 'result' }),
  planarSafe: planarThinning('safe', ZHANG_SUEN),
} satisfies Record<string, Operation>);

export type OperationName = keyof typeof OPERATIONS;
