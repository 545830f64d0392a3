import { bettiError } from '@vessels/metrics/bettiError';
import { clDice } from '@vessels/metrics/cldice';
import { dice } from '@vessels/metrics/overlap';
import { bettiNumbers } from '@vessels/topology/betti';
import type { Vec3 } from '@vessels/volume/geometry';
import { largestComponent } from '../models/region';
import type { BenchCase } from './cases';

/** How a mask agrees with what is known. */
export interface Scores {
  readonly dice: number;
  readonly clDice: number;
  readonly tprec: number;
  readonly tsens: number;
  /** |β0|, |β1|, |β2| errors, foreground 26-connected, background 6-connected. */
  readonly betti: string;
}

/** First and last index of the foreground along each axis. */
function boundingBox(
  mask: Uint8Array,
  [nx, ny, nz]: Vec3,
): { readonly low: Vec3; readonly high: Vec3 } {
  const low = [nx, ny, nz];
  const high = [-1, -1, -1];
  mask.forEach((value, v) => {
    if (!value) return;
    [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))].forEach((index, axis) => {
      low[axis] = Math.min(low[axis]!, index);
      high[axis] = Math.max(high[axis]!, index);
    });
  });
  return { low: low as unknown as Vec3, high: high as unknown as Vec3 };
}

function crop(
  mask: Uint8Array,
  dims: Vec3,
  low: Vec3,
  high: Vec3,
): { data: Uint8Array; dims: Vec3 } {
  const size = low.map((first, axis) => high[axis]! - first + 1) as unknown as Vec3;
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++) {
      const from = low[0] + dims[0] * (low[1] + j + dims[1] * (low[2] + k));
      data.set(mask.subarray(from, from + size[0]), size[0] * (j + size[1] * k));
    }
  return { data, dims: size };
}

/**
 * Scores of a mask. Where the reference tells of one vessel in a part of the image alone, both are cut to its
 * bounding box, and the largest component in it is judged.
 */
export function scoresOf(mask: Uint8Array, { truth, image, partial }: BenchCase): Scores {
  const whole = image.geometry.dims;
  const { low, high } = partial
    ? boundingBox(truth, whole)
    : { low: [0, 0, 0] as Vec3, high: whole.map((n) => n - 1) as unknown as Vec3 };
  const found = crop(mask, whole, low, high);
  const reference = crop(truth, whole, low, high).data;
  const { dims } = found;
  const judged = partial ? largestComponent(found.data, dims) : found.data;
  const { b0, b1, b2 } = bettiError(bettiNumbers(judged, dims), bettiNumbers(reference, dims));
  return {
    dice: dice(judged, reference),
    ...clDice(judged, reference, dims),
    betti: `${b0} / ${b1} / ${b2}`,
  };
}
