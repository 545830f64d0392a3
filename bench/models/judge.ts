import { bettiError } from '@vessels/metrics/bettiError';
import { clDice } from '@vessels/metrics/cldice';
import { dice } from '@vessels/metrics/overlap';
import { skeletonize } from '@vessels/skeleton/thinning';
import { bettiNumbers } from '@vessels/topology/betti';
import { distanceAt } from '@vessels/volume/distance';
import type { Vec3 } from '@vessels/volume/geometry';

/** How a mask agrees with the truth. */
export interface Agreement {
  readonly dice: number;
  readonly clDice: number;
  readonly tprec: number;
  readonly tsens: number;
  /** Share of the truth's skeleton that is found, by the vessel's radius there in voxels; null where there is none. */
  readonly thin: number | null;
  readonly middle: number | null;
  readonly wide: number | null;
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
}

/** Upper ends of the radii, voxels. */
const RADII = Object.freeze({ thin: 1.5, middle: 3, wide: Infinity });

/** Skeleton recall by the radius of the vessel. */
function recallByRadius(mask: Uint8Array, truth: Uint8Array, dims: Vec3) {
  const skeleton = skeletonize(truth, dims);
  const voxels = Uint32Array.from(skeleton.keys()).filter((v) => skeleton[v] > 0);
  const radii = distanceAt(truth, dims, [1, 1, 1], voxels);
  const tally = Object.keys(RADII).map(() => ({ found: 0, all: 0 }));
  voxels.forEach((voxel, i) => {
    const bin = tally[Object.values(RADII).findIndex((end) => radii[i] <= end)];
    bin.all++;
    bin.found += Number(mask[voxel] > 0);
  });
  const [thin, middle, wide] = tally.map(({ found, all }) => (all ? found / all : null));
  return { thin, middle, wide };
}

/** @param mask, truth 0 or 1, x fastest; only voxels that count are left in either */
export function agreement(mask: Uint8Array, truth: Uint8Array, dims: Vec3): Agreement {
  return {
    dice: dice(mask, truth),
    ...clDice(mask, truth, dims),
    ...recallByRadius(mask, truth, dims),
    ...bettiError(bettiNumbers(mask, dims), bettiNumbers(truth, dims)),
  };
}

const BINS = 10;

/**
 * Expected calibration error (Naeini et al. 2015) in ten bins over the voxels that are vessel or got a probability
 * of 1 % and more: the rest, nearly all of a volume, is right without merit.
 *
 * @param probability 0 … 255 for 0 … 1
 */
export function calibrationError(
  probability: Uint8Array,
  truth: Uint8Array,
  counts?: Uint8Array,
): number {
  const bins = Array.from({ length: BINS }, () => ({ sum: 0, vessel: 0, all: 0 }));
  let all = 0;
  probability.forEach((byte, v) => {
    if ((counts && !counts[v]) || (byte < 3 && !truth[v])) return;
    const bin = bins[Math.min(BINS - 1, Math.floor((byte / 256) * BINS))];
    bin.sum += byte / 255;
    bin.vessel += truth[v];
    bin.all++;
    all++;
  });
  return bins.reduce((sum, bin) => sum + Math.abs(bin.sum - bin.vessel), 0) / Math.max(1, all);
}
