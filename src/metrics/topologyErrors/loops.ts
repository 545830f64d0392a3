import type { BitVolume } from '../../volume/bits';
import { runsOf } from '../../topology/runs';
import { closedLoops } from './closedLoops';
import { descend } from './descent';
import { filledLoops } from './filledLoops';
import type { Grid } from './grid';
import { backgroundOf } from './regions';
import { Retraction } from './retract';
import type { Side } from './sides';

/** The loops of a mask that correspond to none of the other mask, as rings of positions. */
export interface UnmatchedLoops {
  /** Closed by voxels of their mask outside the other; on the skeleton. */
  readonly closed: readonly (readonly number[])[];
  /** Filled by voxels of the other mask; around these. */
  readonly filled: readonly (readonly number[])[];
}

/**
 * Loops correspond where they are the same in the union of both masks: the number of common loops is the
 * dimension of the intersection of the images of H1(a) and H1(b) in H1(a ∪ b), over the field of two elements.
 * Of the others, some are no loops of the union any more (`filled`), some lead through voxels that only their
 * own mask has (`closed`).
 */
export function unmatchedLoops(grid: Grid, a: Side, b: Side): [UnmatchedLoops, UnmatchedLoops] {
  const union = unionOf(a.mask, b.mask);
  const background = backgroundOf(runsOf(union), union.rowsPerPlane);
  const addedTo = (kept: Side, added: Side) => {
    const descent = descend(grid, kept.mask, added.mask);
    const retraction = new Retraction(descent);
    const { relations, loops } = filledLoops(descent, retraction, background);
    const closed = closedLoops(descent, added.skeleton, added.stretches, retraction, relations);
    return { closed, filled: loops };
  };
  const [ofA, ofB] = [addedTo(b, a), addedTo(a, b)];
  return [
    { closed: ofA.closed, filled: ofB.filled },
    { closed: ofB.closed, filled: ofA.filled },
  ];
}

function unionOf(a: BitVolume, b: BitVolume): BitVolume {
  return {
    ...a,
    words: a.words.map((word, w) => word | b.words[w]),
    occupied: a.occupied.map((filled, row) => filled | b.occupied[row]),
  };
}
