import { lowestBit } from '../../../volume/bits';
import { wayInTree } from './tree';
import { isSimple, type Neighbourhood } from '../../../skeleton/neighbourhood';

/** Index of the voxel itself among the 27 of its surroundings. */
export const CENTRE = 13;

const place = (n: number) => [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)];

/** For each of the 27 places those of the others for which a predicate of their distance along the axes holds. */
const table = (near: (steps: readonly number[]) => boolean): readonly Neighbourhood[] =>
  Object.freeze(
    Array.from({ length: 27 }, (_, n) =>
      Array.from({ length: 27 }, (_, m) => m)
        .filter((m) => m !== n && near(place(n).map((v, axis) => Math.abs(v - place(m)[axis]))))
        .reduce((mask, m) => mask | (1 << m), 0),
    ),
  );

/** The places that touch a place, the centre left out: by a face, an edge or a corner. */
export const TOUCHING = table((steps) => Math.max(...steps) === 1).map((m) => m & ~(1 << CENTRE));

const BY_FACES = table(([a, b, c]) => a + b + c === 1);
const FACES = BY_FACES[CENTRE];
/** Without the centre and the eight corners. */
const FACES_AND_EDGES = table(([a, b, c]) => Math.max(a, b, c) === 1 && a + b + c < 3)[CENTRE];

/** All that a seed reaches inside a mask. */
function flood(seed: number, inside: Neighbourhood, near: readonly Neighbourhood[]): Neighbourhood {
  let reached = seed;
  for (let fresh = seed; fresh !== 0;) {
    let next = 0;
    for (; fresh !== 0; fresh &= fresh - 1) next |= near[lowestBit(fresh)];
    fresh = next & inside & ~reached;
    reached |= fresh;
  }
  return reached;
}

function pieces(
  seeds: Neighbourhood,
  inside: Neighbourhood,
  near: readonly Neighbourhood[],
): Neighbourhood[] {
  const found: Neighbourhood[] = [];
  for (let rest = seeds; rest !== 0;) {
    const piece = flood(rest & -rest, inside, near);
    found.push(piece);
    rest &= ~piece;
  }
  return found;
}

/** The 26-connected pieces of the foreground around a voxel. */
export const partsAround = (foreground: Neighbourhood): Neighbourhood[] =>
  pieces(foreground, foreground, TOUCHING);

/** The 6-connected pieces of the background around a voxel that share a face with it. */
export function sidesAround(foreground: Neighbourhood): Neighbourhood[] {
  const background = ~foreground & FACES_AND_EDGES;
  return pieces(background & FACES, background, BY_FACES);
}

/** A face neighbour of the voxel in one of {@link sidesAround}. */
export const faceOf = (side: Neighbourhood): number => lowestBit(side & FACES);

/** A shortest way from one place to another through a mask that holds both, ends included; empty if none. */
export function wayThrough(inside: Neighbourhood, from: number, to: number): number[] {
  const before = new Int8Array(27).fill(-1);
  const open = [from];
  let rest = inside & ~(1 << from);
  for (const at of open) {
    if (at === to) break;
    for (let fresh = TOUCHING[at] & rest; fresh !== 0; fresh &= fresh - 1) {
      const next = lowestBit(fresh);
      before[next] = at;
      open.push(next);
    }
    rest &= ~TOUCHING[at];
  }
  const way = [to];
  for (let at = to; at !== from;) {
    at = before[at];
    if (at < 0) return [];
    way.unshift(at);
  }
  return way;
}

/** The surroundings of place b as its own 27 places: which of them place c is. */
const RELATIVE = Object.freeze(
  Array.from({ length: 27 }, (_, b) =>
    Array.from({ length: 27 }, (_, c) => {
      const [p, q] = [place(b), place(c)];
      const [dx, dy, dz] = q.map((v, axis) => v - p[axis] + 1);
      return dx + 3 * dy + 9 * dz;
    }),
  ),
);

/** Simple closed ways in the foreground around a voxel; all others are sums of these, up to triangles. */
export function ringsAround(foreground: Neighbourhood): number[][] {
  const graph = thinned(foreground);
  const rings: number[][] = [];
  for (const part of partsAround(graph)) {
    const before = new Int8Array(27).fill(-1);
    const order = [lowestBit(part)];
    let rest = part & ~(1 << order[0]);
    for (const at of order)
      for (let near = TOUCHING[at] & part; near !== 0; near &= near - 1) {
        const next = lowestBit(near);
        if ((rest >>> next) & 1) {
          before[next] = at;
          order.push(next);
          rest &= ~(1 << next);
        } else if (next < at && before[at] !== next && before[next] !== at)
          rings.push(...chordless(wayInTree(before, at, next)));
      }
  }
  return rings;
}

/** A ring as a sum of rings without short cuts, less the triangles. */
function chordless(ring: readonly number[]): number[][] {
  if (ring.length < 4) return [];
  for (let i = 0; i + 2 < ring.length; i++)
    for (let j = i + 2; j < Math.min(ring.length, ring.length + i - 1); j++)
      if ((TOUCHING[ring[i]] >>> ring[j]) & 1)
        return [
          ...chordless(ring.slice(i, j + 1)),
          ...chordless([...ring.slice(0, i + 1), ...ring.slice(j)]),
        ];
  return [[...ring]];
}

/** Which of some sides of a voxel a ring around it keeps apart from the first of them. */
export function partedBy(ring: readonly number[], sides: readonly Neighbourhood[]): boolean[] {
  const halves = sidesAround(ring.reduce((all, place) => all | (1 << place), 0));
  const halfOf = (side: Neighbourhood) => halves.findIndex((half) => (half >>> faceOf(side)) & 1);
  return sides.map((side) => halfOf(side) !== halfOf(sides[0]));
}

/** The surroundings without what can go and leave their shape as it is. */
function thinned(foreground: Neighbourhood): Neighbourhood {
  let left = foreground;
  for (let before = 0; before !== left;) {
    before = left;
    for (let rest = left; rest !== 0; rest &= rest - 1) {
      const b = lowestBit(rest);
      let around = 0;
      for (let near = TOUCHING[b] & left; near !== 0; near &= near - 1)
        around |= 1 << RELATIVE[b][lowestBit(near)];
      if (isSimple(around)) left &= ~(1 << b);
    }
  }
  return left;
}
