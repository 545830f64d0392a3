import { lowestBit } from '../../volume/bits';
import type { Vec2 } from './dims';
import { entries, neighbours, type Ring } from './ring';
import { simpleBits, windowAt, windowTable } from './ringBits';
import { Worklist } from './worklist';

/** The passes of an iteration in which a pixel goes. */
const NEVER = 0;
const FIRST = 1;
const SECOND = 2;
const EITHER = FIRST | SECOND;

/** Zhang & Suen's names of the neighbours are digits: P2 above, then clockwise to P9 above left. */
const ringOf = (digits: string): Ring =>
  [...digits].reduce((ring, digit) => ring | (1 << (Number(digit) - 2)), 0);

const holds = (ring: Ring, digits: string): boolean => (ring & ringOf(digits)) === ringOf(digits);

/** The rule of Zhang & Suen 1984: two to six neighbours in one stretch, and one of three sides bare. */
export function published(ring: Ring): number {
  const count = neighbours(ring);
  if (count < 2 || count > 6 || entries(ring) !== 1) return NEVER;
  const first = holds(ring, '246') || holds(ring, '468') ? NEVER : FIRST;
  const second = holds(ring, '248') || holds(ring, '268') ? NEVER : SECOND;
  return first | second;
}

/**
 * Where scikit-image's look-up table departs from the rule: corners of staircases go, and the last pixels of
 * two-wide strokes and of 2×2 squares go in one pass alone or not at all.
 */
const DEPARTURES: readonly (readonly [pass: number, rings: string])[] = Object.freeze([
  [NEVER, '56 89'],
  [FIRST, '23 29 34 234 238 249 278 289 689 2378'],
  [SECOND, '45 67 78 245 456 467 568 678 3467'],
  [EITHER, '24 28 46 68'],
]);

/** The passes in which a pixel goes, by its ring. */
export const PASS_OF_RING: readonly number[] = (() => {
  const table = Array.from({ length: 256 }, (_, ring) => published(ring));
  for (const [pass, rings] of DEPARTURES)
    for (const digits of rings.split(' ')) table[ringOf(digits)] = pass;
  return Object.freeze(table);
})();

const PASS_OF_WINDOW = windowTable((ring) => PASS_OF_RING[ring]);

/** Zhang-Suen thinning as scikit-image does it: all pixels of a pass go at once. */
export function thinZhangSuen(mask: Uint8Array, dims: Vec2): Uint8Array {
  const list = new Worklist(mask, dims, 2);
  const going = new Int32Array(list.active.length);
  for (let pass = FIRST; list.count > 0; pass = EITHER - pass) {
    const { active, count } = list;
    for (let i = 0; i < count; i++) going[i] = deletable(list, active[i], pass);
    for (let i = 0; i < count; i++) if (going[i] !== 0) list.delete(active[i], going[i]);
    list.next();
  }
  return list.toMask();
}

/** The pixels of a word that a pass deletes. All pixels that go are simple, which spares most look-ups. */
function deletable({ words, row }: Worklist, w: number, pass: number): number {
  let bits = 0;
  for (let rest = words[w] & simpleBits(words, w, row); rest !== 0; rest &= rest - 1) {
    const bit = lowestBit(rest);
    if ((PASS_OF_WINDOW[windowAt(words, w, bit, row)] & pass) !== 0) bits |= 1 << bit;
  }
  return bits;
}
