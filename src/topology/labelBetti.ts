import { checkVoxels } from '../volume/checks';
import type { Vec3 } from '../volume/geometry';
import { withKernels } from '../wasm/kernels';
import type { Betti } from './betti';
import { labelBettiCompiled } from './labelBettiCompiled';
import { labelBettiPlain } from './labelBettiPlain';

/** A labelmap: 0 is background, every other value a label; x fastest. */
export type Labelmap = Uint8Array | Uint16Array;

/** A box of voxels: least and greatest index along each axis, both inside. */
export interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

/** Size, place and topology of one mask of a labelmap. */
export interface MaskTopology {
  readonly voxels: number;
  /** Of an empty mask from (0, 0, 0) to (−1, −1, −1). */
  readonly box: Box;
  readonly betti: Betti;
}

/** What {@link labelBetti} tells. */
export interface LabelTopology {
  /** By label, rising: each that has voxels. */
  readonly labels: ReadonlyMap<number, MaskTopology>;
  /** All labels as one mask. */
  readonly merged: MaskTopology;
}

/**
 * Betti numbers, voxel count and bounding box of every label of a labelmap and of all labels merged; those of
 * `bettiNumbers` of each label's mask (foreground 26-connected, background 6-connected).
 *
 * One pass over the voxels for all labels; beyond it a label costs work for its runs along x only. Memory for
 * two planes.
 *
 * @param labels x fastest
 * @param dims [nx, ny, nz]
 * @throws InputError `volume.length`, `volume.dims`, `volume.too-large`
 */
export function labelBetti(labels: Labelmap, dims: Vec3): LabelTopology {
  checkVoxels(labels, dims, 'labels');
  return withKernels(
    (kernels) => labelBettiCompiled(kernels, labels, dims),
    () => labelBettiPlain(labels, dims),
  );
}

/** The box around some. */
export function boxAround(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { low: [0, 0, 0], high: [-1, -1, -1] };
  return boxes.reduce((a, b) => ({
    low: mapAxes((axis) => Math.min(a.low[axis], b.low[axis])),
    high: mapAxes((axis) => Math.max(a.high[axis], b.high[axis])),
  }));
}

const mapAxes = (of: (axis: number) => number): Vec3 => [of(0), of(1), of(2)];
