import type { Vec3 } from '@vessels/volume/geometry';
import { xorshift } from './masks';

/** What {@link strokes} draws; a flat image has nz = 1. */
export interface Strokes {
  readonly dims: Vec3;
  /** Of the generator. */
  readonly seed: number;
  /** Round-ended strokes between random voxels, with labels 1, 2 … classes in turn; later ones lie on top. */
  readonly count: number;
  readonly classes: number;
  /** Square of the greatest radius, voxels². */
  readonly radius2: number;
  /** Chance of a voxel to be turned over: foreground to 0, background to label 1. */
  readonly noise: number;
}

/**
 * A labelmap of random strokes, x fastest. Whole numbers alone decide, so that `strokes.py` beside the fixtures
 * draws the same in Python.
 */
export function strokes({ dims, seed, count, classes, radius2, noise }: Strokes): Uint8Array {
  const next = xorshift(seed);
  const below = (n: number) => Math.floor(next() * n);
  const drawn = Array.from({ length: count }, () => ({
    from: dims.map(below),
    to: dims.map(below),
    reach: 1 + below(radius2),
  }));
  const labels = new Uint8Array(dims[0] * dims[1] * dims[2]);
  let i = 0;
  for (let z = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++)
      for (let x = 0; x < dims[0]; x++, i++) {
        drawn.forEach(({ from, to, reach }, s) => {
          if (isWithin([x, y, z], from, to, reach)) labels[i] = 1 + (s % classes);
        });
        if (next() < noise) labels[i] = labels[i] === 0 ? 1 : 0;
      }
  return labels;
}

/** Whether the squared distance of a voxel to a line segment is at most `reach`. */
function isWithin(
  at: readonly number[],
  from: readonly number[],
  to: readonly number[],
  reach: number,
) {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, v, axis) => sum + v * b[axis], 0);
  const minus = (a: readonly number[], b: readonly number[]) => a.map((v, axis) => v - b[axis]);
  const [along, away] = [minus(to, from), minus(at, from)];
  const [length2, t] = [dot(along, along), dot(along, away)];
  if (t <= 0) return dot(away, away) <= reach;
  if (t >= length2) return dot(minus(at, to), minus(at, to)) <= reach;
  return dot(away, away) * length2 - t * t <= reach * length2;
}

/** Image `i` of the fixtures, of 400. */
export const planarCase = (i: number): Strokes => ({
  dims: [4 + (i % 61), 3 + ((7 * i) % 59), 1],
  seed: i,
  count: i % 7,
  classes: 3,
  radius2: 1 + ((i * i) % 40),
  noise: [0, 0.02, 0.5, 0.1, 0.3, 0.8, 0, 0.05][i % 8],
});

/** Volume `i` of the fixtures, of 60. */
export const volumeCase = (i: number): Strokes => ({
  dims: [6 + (i % 23), 5 + ((5 * i) % 19), 4 + ((3 * i) % 17)],
  seed: 1000 + i,
  count: 2 + (i % 6),
  classes: 1 + (i % 4),
  radius2: 1 + ((i * i) % 24),
  noise: [0, 0, 0.02, 0.3, 0, 0.1][i % 6],
});
