import type { Vec3 } from '@vessels/volume/geometry';
import { ball, blank, direction, length, type Canvas } from './paint';
import { random } from './random';

/** A place on a centerline. */
interface Place {
  readonly at: Vec3;
  readonly radius: number;
}

export interface TreeShape {
  /** Voxels of the trunk and of the thinnest twigs. */
  readonly radius: readonly [thickest: number, thinnest: number];
  /** Branches are added until this share of the volume is vessel. */
  readonly density: number;
  /** Where the trunk starts, as shares of the dims. */
  readonly root: Vec3;
}

/** What a branch has of its parent's radius: Murray's law for two equal children, 2^(−1/3). */
const CHILD = 0.794;
/** Mean length of a branch, in radii of its trunk, besides {@link SHORTEST}. */
const LENGTH = 6;
const SHORTEST = 12;
const STEP = 0.7;
/** How much a vessel turns at each step. */
const CURVE = 0.12;

/** Draw a tree of winding vessels: one component, with loops where twigs touch. */
export function tree(dims: Vec3, shape: TreeShape, seed: number): Canvas {
  const canvas = blank(dims);
  const next = random(seed);
  const [thickest, thinnest] = shape.radius;
  const wanted = shape.density * canvas.mask.length;
  const root = shape.root.map((share, axis) => share * (dims[axis] - 1)) as unknown as Vec3;
  const places: Place[] = [{ at: root, radius: thickest / CHILD }];
  const middle = dims.map((n) => (n - 1) / 2) as unknown as Vec3;
  for (let painted = 0; painted < wanted;) {
    const from = places[Math.floor(next() * places.length)];
    const radius = Math.max(thinnest, from.radius * CHILD);
    const trunk = places.length === 1;
    let heading = trunk ? towards(root, middle) : direction(next);
    let at = from.at;
    const voxels = (SHORTEST + LENGTH * radius) * (trunk ? 2 : 0.5 + next());
    for (let walked = 0; walked < voxels; walked += STEP) {
      painted += ball(canvas, at, radius);
      const bend = direction(next);
      heading = unit([
        heading[0] + CURVE * bend[0],
        heading[1] + CURVE * bend[1],
        heading[2] + CURVE * bend[2],
      ]);
      at = [at[0] + STEP * heading[0], at[1] + STEP * heading[1], at[2] + STEP * heading[2]];
      if (at.some((c, axis) => c < 2 || c > dims[axis] - 3)) break;
      if (walked > radius) places.push({ at, radius });
    }
  }
  return canvas;
}

function unit(v: Vec3): Vec3 {
  const l = length(v);
  return [v[0] / l, v[1] / l, v[2] / l];
}

const towards = (from: Vec3, to: Vec3): Vec3 =>
  unit([to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
