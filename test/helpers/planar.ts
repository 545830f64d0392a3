import fc from 'fast-check';
import type { Vec2 } from '@vessels/skeleton/planar/dims';
import { neighbours } from '@vessels/skeleton/planar/ring';
import { bettiNumbers } from '@vessels/topology/betti';
import { draw, show } from './draw';
import { xorshift } from './masks';
import { strokes } from './strokes';

/** A flat mask with its grid. */
export interface Image {
  readonly mask: Uint8Array;
  readonly dims: Vec2;
}

/** An image drawn as text, one string a line; see `draw`. */
export function drawImage(lines: readonly string[]): Image {
  const { mask, dims } = draw(lines);
  return { mask, dims: [dims[0], dims[1]] };
}

/** An image as text, the inverse of {@link drawImage}. */
export const showImage = ({ mask, dims }: Image): string[] => show({ mask, dims: [...dims, 1] });

/** Components (8-connected) and holes of an image. */
export function topologyOf({ mask, dims }: Image): { components: number; holes: number } {
  const { b0, b1 } = bettiNumbers(mask, [...dims, 1]);
  return { components: b0, holes: b1 };
}

/** Offsets of the neighbours in the order of a ring's bits. */
export const STEPS: readonly Vec2[] = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
];

/** The ring of a pixel (src/skeleton/planar/ring.ts), read one neighbour at a time. */
export const ringOf = ({ mask, dims: [nx, ny] }: Image, x: number, y: number): number =>
  STEPS.reduce((ring, [dx, dy], k) => {
    const [u, v] = [x + dx, y + dy];
    const inside = u >= 0 && u < nx && v >= 0 && v < ny && mask[u + nx * v] !== 0;
    return inside ? ring | (1 << k) : ring;
  }, 0);

/** Pixels of an image as [x, y]. */
export const pixelsOf = ({ mask, dims: [nx] }: Image): Vec2[] =>
  Array.from(mask.keys())
    .filter((i) => mask[i] !== 0)
    .map((i) => [i % nx, Math.floor(i / nx)]);

/** Pixels with one neighbour. */
export const endsOf = (image: Image): Vec2[] =>
  pixelsOf(image).filter(([x, y]) => neighbours(ringOf(image, x, y)) === 1);

const side = fc.integer({ min: 1, max: 40 });

/** Independent pixels at all densities; sides may be 1 long, or longer than a machine word. */
const noise: fc.Arbitrary<Image> = fc
  .tuple(
    fc.oneof(side, fc.constantFrom(63, 64, 65)),
    side,
    fc.constantFrom(0.05, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95),
    fc.nat(),
  )
  .map(([nx, ny, density, seed]) => {
    const next = xorshift(seed);
    return {
      mask: Uint8Array.from({ length: nx * ny }, () => (next() < density ? 1 : 0)),
      dims: [nx, ny],
    };
  });

/** Strokes of all widths that cross and leave the image, with and without rough edges. */
const drawn: fc.Arbitrary<Image> = fc
  .tuple(
    side,
    side,
    fc.nat(),
    fc.integer({ min: 1, max: 8 }),
    fc.constantFrom(2, 9, 30),
    fc.constantFrom(0, 0, 0.05),
  )
  .map(([nx, ny, seed, count, radius2, roughness]) => ({
    mask: strokes({ dims: [nx, ny, 1], seed, count, classes: 1, radius2, noise: roughness }),
    dims: [nx, ny],
  }));

/** A random small image. */
export const randomImage = (): fc.Arbitrary<Image> => fc.oneof(noise, drawn);
