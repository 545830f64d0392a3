/**
 * The eight neighbours of a pixel as 8 bits, clockwise from the top: bit 0 is the neighbour above (y − 1), then
 * above right, right, below right, below (y + 1), below left, left, above left. The even bits are the neighbours
 * across an edge.
 *
 * Tests on it take the foreground as 8-connected and the background as 4-connected.
 */
export type Ring = number;

/** Bit of each neighbour across an edge. */
export const SIDE = Object.freeze({ above: 0, right: 2, below: 4, left: 6 });

const bit = (ring: Ring, k: number): number => (ring >> (k & 7)) & 1;
const PLACES = Object.freeze([0, 1, 2, 3, 4, 5, 6, 7]);

/** Number of neighbours. */
export const neighbours = (ring: Ring): number => PLACES.filter((k) => bit(ring, k) === 1).length;

/** Number of steps from background to foreground on the way around. */
export const entries = (ring: Ring): number =>
  PLACES.filter((k) => bit(ring, k) === 0 && bit(ring, k + 1) === 1).length;

/**
 * Whether the pixel is simple: its deletion changes neither components nor holes. That is so where exactly one
 * 4-connected component of the background among the neighbours touches it across an edge (Rosenfeld 1970; the
 * number is counted as by Yokoi, Toriwaki & Fukumura 1975).
 */
export const isSimple = (ring: Ring): boolean =>
  Object.values(SIDE).filter(
    (k) => bit(ring, k) === 0 && (bit(ring, k + 1) === 1 || bit(ring, k + 2) === 1),
  ).length === 1;
