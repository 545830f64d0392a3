import type { Vec3 } from '@vessels/volume/geometry';
import { ball, length, tube, type Canvas } from './paint';
import { random } from './random';

/** Mistakes per million foreground voxels. */
const MISTAKES = Object.freeze({ cuts: 120, islands: 30, bridges: 40, holes: 40 });
/** Share of the surface voxels that the rough surface adds or takes. */
const ROUGHNESS = 0.06;

/** What a careless segmentation makes of a mask: cuts, islands, bridges, holes and a rough surface. */
export function perturb({ dims, mask }: Canvas, seed: number): Canvas {
  const canvas: Canvas = { dims, mask: mask.slice() };
  const next = random(seed);
  const places = foreground(mask, dims);
  const somewhere = (): Vec3 => places[Math.floor(next() * places.length)];
  const times = (perMillion: number, make: () => void) => {
    const voxels = places.length * SPARSE;
    for (let i = 0; i < Math.ceil((perMillion * voxels) / 1e6); i++) make();
  };
  roughen(canvas, next);
  times(MISTAKES.cuts, () => ball(canvas, somewhere(), 1.5 + 2 * next(), 0));
  times(MISTAKES.islands, () => {
    const at = dims.map((n) => next() * (n - 1)) as unknown as Vec3;
    ball(canvas, at, 1 + 2 * next());
  });
  times(MISTAKES.bridges, () => {
    const from = somewhere();
    for (let tries = 0; tries < 200; tries++) {
      const to = somewhere();
      const gap = length([to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
      if (gap > 4 && gap < 20) return void tube(canvas, from, to, 1);
    }
  });
  times(MISTAKES.holes, () => ball(canvas, somewhere(), 0.6, 0));
  return canvas;
}

/** Every so many foreground voxels one is remembered. */
const SPARSE = 7;

function foreground(mask: Uint8Array, [nx, ny]: Vec3): Vec3[] {
  const places: Vec3[] = [];
  let seen = 0;
  for (let v = mask.indexOf(1); v >= 0; v = mask.indexOf(1, v + 1))
    if (seen++ % SPARSE === 0)
      places.push([v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))]);
  return places;
}

/** Add background voxels next to the surface and take surface voxels, each with a small chance. */
function roughen({ dims: [nx, ny, nz], mask }: Canvas, next: () => number): void {
  const before = mask.slice();
  const [dy, dz] = [nx, nx * ny];
  for (let z = 1; z + 1 < nz; z++)
    for (let y = 1; y + 1 < ny; y++)
      for (let v = nx * (y + ny * z) + 1; v < nx * (y + ny * z) + nx - 1; v++) {
        const here = before[v];
        const besides =
          before[v - 1] +
          before[v + 1] +
          before[v - dy] +
          before[v + dy] +
          before[v - dz] +
          before[v + dz];
        if (besides === 6 * here) continue;
        if (next() < ROUGHNESS) mask[v] = 1 - here;
      }
}
