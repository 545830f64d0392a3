import type { BitVolume } from '../../volume/bits';
import type { Pieces } from './pieces';
import type { Stretch } from './stretches';

/** One of the two masks that are compared. */
export interface Side {
  /** Any value but 0 is foreground; x fastest. */
  readonly bytes: Uint8Array;
  readonly mask: BitVolume;
  readonly skeleton: BitVolume;
  readonly components: Pieces;
  /** Of its skeleton outside the other mask. */
  readonly stretches: readonly Stretch[];
}
