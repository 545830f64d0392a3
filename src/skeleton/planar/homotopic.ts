import type { Vec2 } from './dims';
import { SIDE } from './ring';
import { besideBits, joinedBits, simpleBits } from './ringBits';
import { Worklist } from './worklist';

/** Order of the passes: opposite sides in turn, so that the line stays in the middle. */
const SIDES = Object.freeze([SIDE.above, SIDE.below, SIDE.left, SIDE.right]);

/** Every other pixel of a line: no two of them touch. */
const EVERY_OTHER = Object.freeze([0x55555555, ~0x55555555]);

/**
 * Homotopic thinning: one simple pixel after the other goes, so components and holes stay. A pass peels the
 * pixels that lie bare on one side and end no line, in four fields by the parity of x and y. Pixels of a field do
 * not touch, so their order plays no part and no stroke is eaten from its end: a chain of pixels, each made an
 * end by the one before it, has at most four links. Those few go, because else every rounded corner of a stroke
 * would leave a spur.
 */
export function thinHomotopic(mask: Uint8Array, dims: Vec2): Uint8Array {
  const list = new Worklist(mask, dims, SIDES.length);
  const { length } = list.active;
  const candidates = [new Int32Array(length), new Int32Array(length)]; // even lines, odd lines
  for (let pass = 0; list.count > 0; pass = (pass + 1) % SIDES.length) {
    const { count } = list;
    findCandidates(list, SIDES[pass], candidates);
    for (const lines of candidates)
      for (const field of EVERY_OTHER) deleteField(list, lines, count, field);
    list.next();
  }
  return list.toMask();
}

/** For each word of the list the pixels that may go, in the array of its line's parity; 0 in the other. */
function findCandidates(
  { words, row, active, count }: Worklist,
  side: number,
  candidates: readonly Int32Array[],
): void {
  for (let i = 0; i < count; i++) {
    const w = active[i];
    candidates[0][i] = candidates[1][i] = 0;
    const bare = words[w] & ~besideBits(words, w, row, side);
    if (bare === 0) continue;
    const bits = bare & simpleBits(words, w, row) & joinedBits(words, w, row);
    if (bits !== 0) candidates[Math.floor(w / row) & 1][i] = bits;
  }
}

/** Delete the candidates of a field that are simple still. */
function deleteField(list: Worklist, candidates: Int32Array, count: number, field: number): void {
  const { words, row, active } = list;
  for (let i = 0; i < count; i++) {
    const bits = candidates[i] & field;
    if (bits === 0) continue;
    const going = bits & simpleBits(words, active[i], row);
    if (going !== 0) list.delete(active[i], going);
  }
}
