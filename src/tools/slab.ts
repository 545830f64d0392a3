import type { Vec3 } from '../volume/geometry';

/** The space between two planes parallel to a view. */
export interface Slab {
  /** A point of the middle plane, LPS mm. */
  readonly point: Vec3;
  /** Unit normal. */
  readonly normal: Vec3;
  /** Distance of the middle plane from each side, mm. */
  readonly half: number;
}

/**
 * The parts of a polyline that lie in a slab, its sides included; segments that cross a side are cut there.
 * @param line points x, y, z, x, y, z …
 * @returns the parts in order, each with two points or more
 */
export function clipToSlab(line: ArrayLike<number>, { point, normal, half }: Slab): number[][] {
  const parts: number[][] = [];
  let part: number[] = [];
  const close = () => {
    if (part.length > 3) parts.push(part);
    part = [];
  };
  const height = (i: number) =>
    (line[i] - point[0]) * normal[0] +
    (line[i + 1] - point[1]) * normal[1] +
    (line[i + 2] - point[2]) * normal[2];

  for (let i = 0; i + 5 < line.length; i += 3) {
    const [a, b] = [height(i), height(i + 3)];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const touches = low >= half || high <= -half;
    if (low > half || high < -half || (touches && a !== b)) {
      close();
      continue;
    }
    const at = (side: number) => (a === b ? 0 : Math.min(1, Math.max(0, (side - a) / (b - a))));
    const [from, to] = [Math.min(at(-half), at(half)), Math.max(at(-half), at(half))];
    const [enters, leaves] = [Math.abs(a) > half, Math.abs(b) > half];
    const push = (t: number) => {
      for (let axis = 0; axis < 3; axis++)
        part.push(line[i + axis] + t * (line[i + 3 + axis] - line[i + axis]));
    };
    if (part.length === 0) push(enters ? from : 0);
    push(leaves ? to : 1);
    if (leaves) close();
  }
  close();
  return parts;
}
