import { closedLoops } from './closedLoops';
import { descend } from './descent';
import { filledLoops } from './filledLoops';
import type { Grid } from '../grid';
import { ringsOnSkeleton } from './onSkeleton';
import { addTo } from '../packed';
import { backgroundOf } from '../pieces';
import { unionOfRuns } from '../runs';
import { Retraction } from './retract';
import type { Side } from '../sides';

/** The loops of a mask that correspond to none of the other mask, as rings of positions. */
export interface UnmatchedLoops {
  /** Closed by voxels of their own mask outside the other; on its skeleton. */
  readonly closed: readonly (readonly number[])[];
  /** Filled by voxels of the other mask. */
  readonly filled: readonly FilledLoop[];
}

export interface FilledLoop {
  /** Voxels of the mask that has the loop, next to what fills it. */
  readonly around: readonly number[];
  /** The same loop on the skeleton; `around` itself where the skeleton is too far away. */
  readonly ring: readonly number[];
}

/**
 * Loops correspond where they are the same in the union of both masks: the number of common loops is the
 * dimension of the intersection of the images of H1(a) and H1(b) in H1(a ∪ b), over the field of two elements.
 * Of the others, some are no loops of the union any more (`filled`), some lead through voxels that only their
 * own mask has (`closed`).
 */
export function unmatchedLoops(grid: Grid, a: Side, b: Side): [UnmatchedLoops, UnmatchedLoops] {
  const union = unionOfRuns(a.components.runs, b.components.runs);
  const background = backgroundOf(union, grid.layout.rowsPerPlane);
  const words = b.mask.words.slice();
  const addedTo = (kept: Side, added: Side) => {
    addTo(words, a.mask); // the words are those of b: at first, and after the descent to it
    const descent = descend(grid, kept.mask, added.mask, words);
    const retraction = new Retraction(descent);
    const { relations, loops } = filledLoops(descent, retraction, background);
    const closed = closedLoops(descent, added.skeleton, added.stretches, retraction, relations);
    return { closed, filled: loops };
  };
  const [ofA, ofB] = [addedTo(b, a), addedTo(a, b)];
  const drawn = ({ mask, skeleton }: Side, filled: readonly (readonly number[])[]) => {
    const rings = ringsOnSkeleton(grid, mask, skeleton, filled);
    return filled.map((around, i) => ({ around, ring: rings[i] }));
  };
  return [
    { closed: ofA.closed, filled: drawn(a, ofB.filled) },
    { closed: ofB.closed, filled: drawn(b, ofA.filled) },
  ];
}
