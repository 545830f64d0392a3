import { popcount } from '../../volume/bits';
import type { Neighbourhood } from '../neighbourhood';

/** Bit of the neighbour at an offset of −1, 0 or 1 along each axis. */
const at = (x: number, y: number, z: number): number => 1 << (x + 1 + 3 * (y + 1) + 9 * (z + 1));

type Offset = readonly [number, number, number];
const STEPS = Object.freeze([-1, 0, 1]);
const OFFSETS: readonly Offset[] = STEPS.flatMap((z) =>
  STEPS.flatMap((y) => STEPS.map((x): Offset => [x, y, z])),
);

/** Offsets of the faces (order 1), edges (2) or corners (3) of the voxel. */
const cells = (order: number): readonly Offset[] =>
  OFFSETS.filter(([x, y, z]) => Math.abs(x) + Math.abs(y) + Math.abs(z) === order);

/** Bits of the neighbours of an order that a test of their offset picks. */
const pick = (order: number, test: (offset: Offset) => boolean): number =>
  cells(order)
    .filter(test)
    .reduce((bits, offset) => bits | at(...offset), 0);

/** Whether an offset lies on the side that a cell lies on, for each axis on which the cell is off centre. */
const onSideOf =
  (cell: Offset) =>
  (offset: Offset): boolean =>
    cell.every((v, axis) => v === 0 || offset[axis] === v);

/** Whether an offset lies between the voxel and a cell: a face or edge of the cell's own block. */
const towards =
  (cell: Offset) =>
  (offset: Offset): boolean =>
    offset.every((v, axis) => v === 0 || cell[axis] === v);

const FACES = pick(1, () => true);
const N18 = FACES | pick(2, () => true);
const N26 = N18 | pick(3, () => true);

/** A neighbour and those beside it that a rule asks about. */
interface Cell {
  readonly self: number;
  readonly others: number;
}

/** A6: an empty face whose four edges are all foreground. */
const A6: readonly Cell[] = cells(1).map((face) => ({
  self: at(...face),
  others: pick(2, onSideOf(face)),
}));

/** A18: an empty edge between two empty faces. */
const A18: readonly number[] = cells(2).map((edge) => at(...edge) | pick(1, towards(edge)));

/** A26: an empty corner with its three empty edges and three empty faces. */
const A26: readonly number[] = cells(3).map(
  (corner) => at(...corner) | pick(2, towards(corner)) | pick(1, towards(corner)),
);

/** B18: a foreground edge; its faces, and the faces and edges at its two ends, are empty. */
const B18: readonly Cell[] = cells(2).map((edge) => {
  const inPrism = (offset: Offset) => edge.every((v, axis) => v === 0 || offset[axis] !== -v);
  return { self: at(...edge), others: (pick(1, inPrism) | pick(2, inPrism)) & ~at(...edge) };
});

/** B26: a foreground corner; its three edges and three faces are empty. */
const B26: readonly Cell[] = cells(3).map((corner) => ({
  self: at(...corner),
  others: pick(2, towards(corner)) | pick(1, towards(corner)),
}));

const someAlone = (rules: readonly Cell[], neighbours: Neighbourhood): boolean =>
  rules.some(({ self, others }) => (neighbours & (self | others)) === self);

const countEmpty = (rules: readonly number[], neighbours: Neighbourhood): number =>
  rules.reduce((count, bits) => count + ((neighbours & bits) === 0 ? 1 : 0), 0);

/**
 * Whether the voxel is simple by the Boolean rules of Bertrand 1996 (foreground 26-connected): one empty face; or
 * one neighbour; or one neighbour across a face or an edge and no corner alone; or no face, edge or corner alone,
 * and empty faces − empty edges + empty corners = 1.
 *
 * It says the same as `isSimple` for each of the 2^26 surroundings, in more work.
 */
export function isSimpleByRules(neighbours: Neighbourhood): boolean {
  const emptyFaces = popcount(FACES & ~neighbours);
  if (emptyFaces === 1 || popcount(neighbours & N26) === 1) return true;
  if (someAlone(B26, neighbours)) return false;
  if (popcount(neighbours & N18) === 1) return true;
  if (someAlone(B18, neighbours)) return false;
  if (A6.some(({ self, others }) => (neighbours & (self | others)) === others)) return false;
  return emptyFaces - countEmpty(A18, neighbours) + countEmpty(A26, neighbours) === 1;
}
