import type { Runs } from '../../topology/runs';
import type { Voxels } from '../../volume/volume';
import type { CoarseAnswer } from '../coarse';
import type { IntensityMap } from '../normalise';
import type { TilePlan } from '../tiles';

/** How far a layer is. */
export interface LayerState {
  /** Sums of its first slices, all of them once a tile is done; in parts of 1/UNIT, x fastest. */
  readonly sums: Uint16Array;
  /** Tiles whose shares are in the sums, in the order of x and then y: that the network ran, and answered without it. */
  readonly tiles: number;
  readonly skipped: number;
}

/** A layer of tiles: those that begin at one slice. */
export interface LayerJob {
  readonly plan: TilePlan;
  /** Which layer. */
  readonly tz: number;
  /** The slices of the layer, x fastest: patch[2] of them, or all of a thinner image. */
  readonly slab: Voxels;
  readonly intensities: IntensityMap;
  /** What the finished slices are raised to, where a coarse pass came before. */
  readonly coarse?: CoarseAnswer;
  /** Bytes from this on are vessel: where the GPU finishes slices it looks for their runs too. */
  readonly least?: number;
  /** Whether a tile of the layer, told by its place along x and y, is known to hold no vessel. */
  readonly passesOver: (tx: number, ty: number) => boolean;
  /**
   * Where to go on: at first with what the layer before handed on. Who runs the layer puts here from time to time what
   * another can go on with.
   */
  state: LayerState;
  /** After each tile: how many of the layer are done. */
  readonly onTile: (done: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Seconds that the GPU spent on the steps of tiles, where it has a clock for it. */
export interface GpuSeconds {
  /** Normalising tiles and copying them out of the slab. */
  readonly gather: number;
  /** From the end of that to the beginning of the blending. */
  readonly network: number;
  readonly blend: number;
}

/** Seconds of one piece of work and another, where either was timed. */
export const bothSeconds = (
  a: GpuSeconds | undefined,
  b: GpuSeconds | undefined,
): GpuSeconds | undefined =>
  a && b
    ? { gather: a.gather + b.gather, network: a.network + b.network, blend: a.blend + b.blend }
    : (a ?? b);

export interface LayerResult {
  /** The finished slices: 0 … 255 for 0 … 1, x fastest. */
  readonly probability: Uint8Array;
  /** Runs of the vessels in the finished slices, row by row without a margin; where they were asked for and found. */
  readonly runs?: Runs;
  /** Sums of the slices that the next layer adds to, in parts of 1/UNIT; x fastest. */
  readonly carried: Uint16Array;
  /** Tiles that the network ran, and those of one value that were answered without it. */
  readonly tiles: number;
  readonly skipped: number;
  readonly seconds?: GpuSeconds;
}

/** Whole layers on the GPU: the slab goes there once, finished slices come back once. */
export interface Layers {
  /**
   * @returns nothing where tiles have to be run one by one
   * @throws CancelledError
   */
  run(job: LayerJob): Promise<LayerResult | undefined>;
  /** The image is done: its buffers are destroyed. */
  close(): void;
}
