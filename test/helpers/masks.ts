import fc from 'fast-check';
import type { Vec3 } from '@vessels/volume/geometry';
import { fill, type Drawn } from './draw';

const axis = fc.integer({ min: 1, max: 9 });
const dimsOf = (length: fc.Arbitrary<number>) => fc.tuple(length, length, length);

/** Independent voxels at densities from nearly empty to nearly full; any axis may be 1 long. */
const noise: fc.Arbitrary<Drawn> = fc
  .tuple(dimsOf(axis), fc.constantFrom(0.05, 0.2, 0.35, 0.5, 0.7, 0.9), fc.nat())
  .map(([dims, density, seed]) => {
    const next = xorshift(seed);
    return fill(dims, () => next() < density);
  });

/** Balls, shells, tori and tubes that may touch, cross, or leave the volume, with rough surfaces. */
const solids: fc.Arbitrary<Drawn> = fc
  .tuple(
    dimsOf(fc.integer({ min: 6, max: 16 })),
    fc.array(
      fc.tuple(fc.constantFrom(...(['ball', 'shell', 'torus', 'tube'] as const)), fc.nat()),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.constantFrom(0, 0, 0.05),
    fc.nat(),
  )
  .map(([dims, pieces, roughness, seed]) => {
    const tests = pieces.map(([kind, s]) => solid(kind, dims, xorshift(s)));
    const next = xorshift(seed);
    return fill(dims, (x, y, z) => tests.some((t) => t(x, y, z)) !== next() < roughness);
  });

/** A random small mask: noise, or solids with loops and cavities. */
export const randomMask = (): fc.Arbitrary<Drawn> => fc.oneof(noise, solids);

/** Signed distances of one random piece, as a test of its inside. */
function solid(
  kind: 'ball' | 'shell' | 'torus' | 'tube',
  dims: Vec3,
  next: () => number,
): (x: number, y: number, z: number) => boolean {
  const [cx, cy, cz] = dims.map((n) => next() * n);
  const size = Math.min(...dims);
  const radius = size * (0.2 + 0.2 * next());
  const thickness = 0.6 + 1.2 * next();
  const direction = [next() - 0.5, next() - 0.5, next() - 0.5];
  const length = Math.hypot(...direction) || 1;
  const [ux, uy, uz] = direction.map((d) => d / length);
  return (x, y, z) => {
    const [dx, dy, dz] = [x - cx, y - cy, z - cz];
    const away = Math.hypot(dx, dy, dz);
    const along = dx * ux + dy * uy + dz * uz;
    const across = Math.sqrt(Math.max(0, away * away - along * along));
    switch (kind) {
      case 'ball':
        return away < radius;
      case 'shell':
        return Math.abs(away - radius) < thickness;
      case 'torus':
        return Math.hypot(across - radius, along) < thickness;
      case 'tube':
        return across < thickness;
    }
  };
}

/** Small deterministic generator of numbers in [0, 1) (Marsaglia's xorshift32). */
export function xorshift(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
