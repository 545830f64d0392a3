import type { Vec3 } from '../volume/geometry';
import type { InscribedSpheres } from './inscribed';

/** Frozen choices of the search. */
export const RECENTRING = Object.freeze({
  /** A point moves by at most this many voxel edges along each axis. */
  reach: 1,
  /** Step lengths tried one after the other, in mean voxel edges. */
  steps: Object.freeze([0.5, 0.25, 0.125]),
  /** Moves with one step length. */
  moves: 4,
  /** Contacts remembered to turn down a step without a search. */
  memory: 6,
});

/**
 * Move a point to where the inscribed sphere is largest, by a pattern search along given directions. A skeleton
 * voxel lies up to an edge off the middle of the vessel; after this the centerline lies a tenth of an edge off.
 *
 * @param point fractional voxel indices
 * @param directions unit vectors in mm along the index axes; each is tried forth and back
 * @returns fractional voxel indices
 */
export function recentre(
  spheres: InscribedSpheres,
  spacing: Vec3,
  point: Vec3,
  directions: readonly Vec3[],
): Vec3 {
  const edge = Math.cbrt(spacing[0] * spacing[1] * spacing[2]);
  const free = freeAxes(spheres, point);
  const contacts = new Float64Array(3 * RECENTRING.memory).fill(NaN); // of the last searches
  let oldest = 0;
  let [x, y, z] = point;
  let best = measure(x, y, z, 0);

  for (const step of RECENTRING.steps)
    for (let move = 0, moved = true; moved && move < RECENTRING.moves; move++) {
      const [fromX, fromY, fromZ] = [x, y, z];
      moved = false;
      for (const direction of directions)
        for (const shift of [step * edge, -step * edge]) {
          const u = fromX + (free[0] * shift * direction[0]) / spacing[0];
          const v = fromY + (free[1] * shift * direction[1]) / spacing[1];
          const w = fromZ + (free[2] * shift * direction[2]) / spacing[2];
          if (isOutOfReach(u, v, w) || touches(u, v, w)) continue;
          const clearance = measure(u, v, w, best);
          if (clearance <= best) continue;
          [x, y, z, best, moved] = [u, v, w, clearance, true];
        }
    }
  return [x, y, z];

  function measure(u: number, v: number, w: number, atLeast: number): number {
    const clearance = spheres.clearance(u, v, w, atLeast);
    contacts.set(spheres.contact, oldest);
    oldest = (oldest + 3) % contacts.length;
    return clearance;
  }

  /** Whether a contact known already is no farther than the best sphere's radius. */
  function touches(u: number, v: number, w: number): boolean {
    for (let i = 0; i < contacts.length; i += 3) {
      const dx = (contacts[i] - u) * spacing[0];
      const dy = (contacts[i + 1] - v) * spacing[1];
      const dz = (contacts[i + 2] - w) * spacing[2];
      if (dx * dx + dy * dy + dz * dz <= best * best) return true;
    }
    return false;
  }

  /** Whether a place is too far from the point, or beyond the outermost voxel centres of the volume. */
  function isOutOfReach(u: number, v: number, w: number): boolean {
    return isOutside(u, 0) || isOutside(v, 1) || isOutside(w, 2);
  }

  function isOutside(value: number, axis: 0 | 1 | 2): boolean {
    const isFar = Math.abs(value - point[axis]) > RECENTRING.reach;
    return isFar || value < 0 || value > spheres.dims[axis] - 1;
  }
}

/**
 * 0 for the axes along which a vessel is one voxel wide at a point, else 1. There its middle is the voxel's
 * own; the sphere would grow into the free space between two background centres.
 */
function freeAxes({ isBackground }: InscribedSpheres, point: Vec3): Vec3 {
  const [x, y, z] = point.map(Math.round);
  const free = (dx: number, dy: number, dz: number) =>
    isBackground(x - dx, y - dy, z - dz) && isBackground(x + dx, y + dy, z + dz) ? 0 : 1;
  return [free(1, 0, 0), free(0, 1, 0), free(0, 0, 1)];
}

/** Steps along a path to each side from which its direction is taken. */
export const ACROSS_WINDOW = 5;

/** The three axes. */
export const ALL_DIRECTIONS: readonly Vec3[] = Object.freeze([
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]);

/** Two unit vectors that are perpendicular to a vector and to each other; all axes where it has no length. */
export function acrossOf(along: Vec3): readonly Vec3[] {
  const length = Math.hypot(...along);
  if (length === 0) return ALL_DIRECTIONS;
  const d = along.map((v) => v / length);
  const least = d.map(Math.abs).indexOf(Math.min(...d.map(Math.abs)));
  const u = d.map((v, axis) => (axis === least ? 1 : 0) - d[least] * v);
  const size = Math.hypot(...u);
  const [a, b, c] = u.map((v) => v / size);
  return [
    [a, b, c],
    [d[1] * c - d[2] * b, d[2] * a - d[0] * c, d[0] * b - d[1] * a],
  ];
}
