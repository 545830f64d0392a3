import type { GpuSeconds } from './layer';
import { MOMENTS } from './layerBuffers';

/** Times the steps of tiles by the GPU's own clock, where the device has `timestamp-query`. */
export class TileClock {
  private constructor(
    private readonly moments: GPUQuerySet,
    private readonly resolved: GPUBuffer,
  ) {}

  /** @param resolved takes the moments, 8 bytes each */
  static of(device: GPUDevice, resolved: GPUBuffer): TileClock | undefined {
    if (!device.features.has('timestamp-query')) return undefined;
    const moments = device.createQuerySet({ type: 'timestamp', count: resolved.size / 8 });
    return new TileClock(moments, resolved);
  }

  /** How many of a number of tiles are timed: the first ones. */
  count = (tiles: number): number => Math.min(tiles, this.moments.count / MOMENTS);

  gathering = (tile: number) => this.#pass(tile, 0);

  blending = (tile: number) => this.#pass(tile, 2);

  #pass(tile: number, first: number): GPUComputePassTimestampWrites | undefined {
    if (tile >= this.moments.count / MOMENTS) return undefined;
    const beginningOfPassWriteIndex = MOMENTS * tile + first;
    return {
      querySet: this.moments,
      beginningOfPassWriteIndex,
      endOfPassWriteIndex: beginningOfPassWriteIndex + 1,
    };
  }

  /** Copies the moments of the first tiles to a buffer. */
  resolve(encoder: GPUCommandEncoder, tiles: number, target: GPUBuffer, at: number): void {
    if (tiles === 0) return;
    encoder.resolveQuerySet(this.moments, 0, MOMENTS * tiles, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, target, at, 8 * MOMENTS * tiles);
  }

  destroy(): void {
    this.moments.destroy();
  }
}

/** Sums over tiles of their steps, from their moments in nanoseconds. A clock may run backwards for a while. */
export function secondsOf(moments: BigUint64Array): GpuSeconds {
  const total = { gather: 0, network: 0, blend: 0 };
  for (let tile = 0; tile < moments.length; tile += MOMENTS) {
    const [a, b, c, d] = moments.subarray(tile, tile + MOMENTS);
    total.gather += Math.max(0, Number(b - a)) / 1e9;
    total.network += Math.max(0, Number(c - b)) / 1e9;
    total.blend += Math.max(0, Number(d - c)) / 1e9;
  }
  return total;
}
