import type { BitVolume } from '../../volume/bits';

/** Thins a volume packed along z. */
export type Thin = (volume: BitVolume) => BitVolume | Promise<BitVolume>;

/** Voxels below which the processor is done before a GPU could have been asked. */
export const LEAST = 50_000;

/** Masks that are so many times as large are tried anew where the GPU has lost. */
const GROWTH = 4;

/**
 * Thins where it is faster, on the processor or on a GPU. What a GPU takes cannot be told from what it says of itself:
 * the first mask of some size is thinned by both, each is timed, and the winner thins those that follow. That proves the
 * GPU too: where its skeleton differs from the processor's, or it fails, it is not asked again.
 */
export class FasterThinning {
  /** Least count of voxels at which the GPU was faster, and greatest at which it was not. */
  #won = Infinity;
  #lost = 0;
  #isBroken = false;

  constructor(
    private readonly onProcessor: Thin,
    private readonly onGpu: Thin,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What thins a mask of so many voxels. */
  choice(count: number): 'processor' | 'gpu' | 'both' {
    if (this.#isBroken || count < LEAST) return 'processor';
    if (count >= this.#won) return 'gpu';
    return count < GROWTH * this.#lost ? 'processor' : 'both';
  }

  /** The skeleton, always the processor's. */
  async thin(volume: BitVolume): Promise<BitVolume> {
    const choice = this.choice(volume.count);
    if (choice === 'gpu') {
      const skeleton = await this.#try(volume);
      if (skeleton) return skeleton;
    }
    const start = this.now();
    const skeleton = await this.onProcessor(volume);
    if (choice !== 'both') return skeleton;
    const between = this.now();
    const other = await this.#try(volume);
    const end = this.now();
    if (!other || !isSame(skeleton, other)) this.#isBroken = true;
    else if (end - between < between - start) this.#won = volume.count;
    else this.#lost = volume.count;
    return skeleton;
  }

  async #try(volume: BitVolume): Promise<BitVolume | undefined> {
    try {
      return await this.onGpu(volume);
    } catch {
      this.#isBroken = true;
      return undefined;
    }
  }
}

const isSame = (a: BitVolume, b: BitVolume): boolean =>
  a.count === b.count && a.words.every((word, i) => word === b.words[i]);
