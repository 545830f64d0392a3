import { skeletonInOrder } from '@vessels/metrics/axisOrder';
import { softSkeleton } from '@vessels/skeleton/baselines/softSkeleton';
import { subfieldThinning, type SimpleTest } from '@vessels/skeleton/baselines/subfieldThinning';
import { thinByNetwork } from '@vessels/skeleton/learned';
import { thinByScore } from '@vessels/skeleton/ordered';
import { skeletonize2d } from '@vessels/skeleton/planar/skeletonize2d';
import { skeletonize } from '@vessels/skeleton/thinning';
import { distanceTransform } from '@vessels/volume/distanceTransform';
import type { Vec3 } from '@vessels/volume/geometry';
import type { Skeletonizer } from './network';

/** A way from a mask (0 or 1, x fastest) to its skeleton. */
export interface Method {
  readonly name: string;
  readonly thin: (mask: Uint8Array, dims: Vec3) => Uint8Array | Promise<Uint8Array>;
}

/** Enough for the thickest vessel of all cases. */
const ITERATIONS = 30;

const soft: Method = {
  name: `soft skeleton, ${ITERATIONS} iterations`,
  thin: (mask, dims) =>
    Uint8Array.from(softSkeleton(Float32Array.from(mask), dims, ITERATIONS), (v) =>
      Number(v > 0.5),
    ),
};

const subfields = (test: SimpleTest, name: string): Method => ({
  name: `subfields, ${name}, ${ITERATIONS} iterations`,
  thin: (mask, dims) => subfieldThinning(mask, dims, test, ITERATIONS),
});

const BASELINES: readonly Method[] = Object.freeze([
  subfields('boolean', 'Boolean rules'),
  subfields('euler', 'Euler test'),
  soft,
]);

/** The network alone, and as the order and the ends of an exact thinning. */
const learned = ({ likeness }: Skeletonizer): Method[] => [
  {
    name: 'network alone',
    thin: async (mask, dims) => (await likeness(mask, dims)).map((v) => Number(v >= 128)),
  },
  {
    name: 'network, then exact',
    thin: async (mask, dims) => thinByNetwork(mask, dims, await likeness(mask, dims)),
  },
];

export const volumeMethods = (network: Skeletonizer): readonly Method[] => [
  { name: 'safe', thin: (mask, dims) => skeletonize(mask, dims) },
  { name: 'compatible, axes xyz', thin: (mask, dims) => skeletonize(mask, dims, 'compatible') },
  {
    name: 'compatible, axes zyx',
    thin: (mask, dims) => skeletonInOrder(mask, dims, 'compatible', 'zyx'),
  },
  {
    name: 'by distance, ends kept',
    thin: (mask, dims) => thinByScore(mask, dims, distanceTransform(mask, dims, [1, 1, 1])),
  },
  ...learned(network),
  ...BASELINES,
];

export const imageMethods = (network: Skeletonizer): readonly Method[] => [
  { name: 'safe', thin: (mask, [nx, ny]) => skeletonize2d(mask, [nx, ny]) },
  { name: 'compatible', thin: (mask, [nx, ny]) => skeletonize2d(mask, [nx, ny], 'compatible') },
  ...learned(network),
  ...BASELINES,
];
